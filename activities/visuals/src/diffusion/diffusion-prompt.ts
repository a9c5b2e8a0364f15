import type { ScenePrompt } from '../prompt/scene-prompt.js';

/** What Stable Diffusion and its kin are asked for. */
export interface DiffusionPrompt {
  prompt: string;
  negative: string;
  seed: number;
}

/**
 * The prompt in the words that such models take best: a list. Their user interfaces give brackets, colons and bars a
 * meaning (weights, `<lora:…>`, `embedding:…`, alternatives, wildcards), so those are taken out of what comes from the
 * script: it says what is to be seen and chooses no file. Pure.
 */
export function diffusionPrompt({ sight, style, seed }: ScenePrompt): DiffusionPrompt {
  return { prompt: `${plain(sight)}, ${style}, sharp focus`, negative: NEGATIVE, seed };
}

const NEGATIVE =
  'text, letters, words, caption, watermark, signature, logo, frame, border, collage, split screen, blurry, lowres, ' +
  'jpeg artifacts, deformed, extra limbs';

function plain(text: string): string {
  return text
    .replace(/[()[\]{}<>|\\:;*_~^=#@$"`]/g, ' ')
    .replace(/\b(BREAK|AND)\b/g, (word) => word.toLowerCase())
    .replace(/\bno (text|letters)\b[.,]?/gi, ' ')
    .replace(/\s+/g, ' ')
    .replace(/[\s.,]+$/, '')
    .trim();
}
