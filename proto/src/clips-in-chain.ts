import type { Scene } from '../gen/aura/v1/video.js';

const CLIPS: ReadonlySet<string> = new Set(['stock-clips', 'clip-generator']);

/** Words that ask for pictures that move; of a brief they hold for the whole film. */
const MOVING = wordsOf(
  'footage|b-?roll|time-?lapse|slow[- ]motion|(?:video|film|movie)[- ]?clips?|stock videos?|moving pictures?',
  'drone (?:shots?|views?)|zeitraffer|zeitlupe|filmaufnahmen|au ralenti|cámara lenta|câmera lenta|rallentatore',
);
/** What does not move, and is better shown by a picture. */
const STILL = wordsOf(
  'maps?|diagrams?|charts?|blueprints?|paintings?|portraits?|engravings?|manuscripts?|documents?|logos?',
);

/**
 * A chain as the film and the scene want it: clips come first where movement is asked for, after what the scene's own
 * picture can be where it shows what stands still, and else in the order of the chain. Pure.
 */
export function withClips(
  chain: readonly string[],
  { visualPrompt, brief }: Partial<Pick<Scene, 'visualPrompt'>> & { brief?: string | undefined },
  kindOf: (provider: string) => string,
): string[] {
  const isClip = (provider: string) => CLIPS.has(kindOf(provider));
  const isDrawn = (provider: string) => kindOf(provider) === 'drawing';
  const clips = chain.filter(isClip);
  if (clips.length === 0) return [...chain];
  const others = chain.filter((provider) => !isClip(provider));
  const prompt = visualPrompt ?? '';
  if (MOVING.test(prompt)) return [...clips, ...others];
  if (STILL.test(prompt)) {
    const pictures = others.filter((provider) => !isDrawn(provider));
    return [...pictures, ...clips, ...others.filter(isDrawn)];
  }
  return MOVING.test(brief ?? '') ? [...clips, ...others] : [...chain];
}

function wordsOf(...words: string[]): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${words.join('|')})(?!\\p{L})`, 'iu');
}
