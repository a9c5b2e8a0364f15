import type { Scene } from '@aura/proto';
import { describePicture } from '../analysis/visual-prompts.js';
import { glue } from '../llm/repeated.js';
import { speechMs, type Speed } from '../pace.js';
import type { StyleName } from '../styles.js';
import { headingOf } from '../text/heading.js';
import { sentencesOf } from '../text/sentences.js';
import { MAX_NARRATION } from '../validate-script.js';

export interface PacingContext {
  language: string;
  pace: Speed;
  style: StyleName;
  maxScenes: number;
  /** How long a scene may stand as a share of what its style allows; 1 where absent. */
  patience?: (scene: Scene) => number;
}

/** How long one picture may stand while it is spoken over, by style. */
const LONGEST_MS: Record<StyleName, number> = {
  documentary: 14_000,
  tutorial: 16_000,
  listicle: 12_000,
  news: 12_000,
  story: 14_000,
  promo: 8_000,
};
/** A picture that goes before it has been looked at. */
const SHORTEST_MS = 3_500;

/**
 * Cuts a script into scenes of an even pace: those that stand too long are split between sentences, flashes are joined
 * to their shorter neighbour. Not a word is lost or moved; opening and closing keep their kind. Pure.
 */
export function evenPacing<S extends Scene>(scenes: readonly S[], context: PacingContext): S[] {
  const joined = withoutFlashes(scenes, context);
  let spare = Math.max(0, context.maxScenes - joined.length);
  const cut = joined.flatMap((scene) => {
    const parts = cutScene(scene, context, spare);
    spare -= parts.length - 1;
    return parts;
  });
  return cut.map((scene, index) => ({
    ...scene,
    id: `s${String(index + 1).padStart(2, '0')}`,
    index,
  }));
}

function withoutFlashes<S extends Scene>(scenes: readonly S[], context: PacingContext): S[] {
  const left = [...scenes];
  const ms = (scene: S | undefined) =>
    scene && isPlain(scene) ? lengthMs(scene.narration, context) : Infinity;
  for (let at = 0; at < left.length; at += 1) {
    const scene = left[at];
    if (!scene || !isPlain(scene) || ms(scene) >= SHORTEST_MS) continue;
    const next = ms(left[at + 1]) <= ms(left[at - 1]) ? at : at - 1;
    const [first, second] = [left[next], left[next + 1]];
    if (!first || !second || ms(first) + ms(second) > LONGEST_MS[context.style]) continue;
    left.splice(next, 2, joinedScene(first, second, context.language));
    at = Math.max(-1, next - 1);
  }
  return left;
}

/** Cards of lists, figures and quotations say what they show; opening and closing frame the film. */
function isPlain({ kind }: Scene): boolean {
  return kind === 'statement';
}

function joinedScene<S extends Scene>(first: S, second: S, language: string): S {
  const longer = second.narration.length > first.narration.length ? second : first;
  const narration = `${first.narration}${glue(language)}${second.narration}`;
  return { ...longer, narration };
}

function cutScene<S extends Scene>(scene: S, context: PacingContext, spare: number): S[] {
  const { language, style, patience } = context;
  const sentences = sentencesOf(scene.narration, language);
  const longestMs = LONGEST_MS[style] * (patience?.(scene) ?? 1);
  const wanted = Math.ceil(lengthMs(scene.narration, context) / longestMs);
  const parts = Math.min(wanted, sentences.length, spare + 1);
  if (parts <= 1 || scene.narration.length > MAX_NARRATION) return [scene];
  return inEvenParts(sentences, parts, (text) => lengthMs(text, context)).map((part, at) => {
    const narration = part.join(glue(language));
    const isLast = at === parts - 1;
    if (scene.kind === 'closing' ? isLast : at === 0) return { ...scene, narration };
    const heading = headingOf(part[0] ?? narration, language);
    const plain = { ...scene, kind: 'statement', points: [], heading, narration };
    return { ...plain, visualPrompt: describePicture(plain, style).prompt };
  });
}

/** Neighbours stay together; each part is closed when its share of the time is reached. */
function inEvenParts(
  sentences: readonly string[],
  parts: number,
  msOf: (text: string) => number,
): string[][] {
  const totalMs = sentences.reduce((sum, sentence) => sum + msOf(sentence), 0);
  const found: string[][] = [[]];
  let soFarMs = 0;
  for (const [at, sentence] of sentences.entries()) {
    const left = sentences.length - at;
    const goal = (totalMs * found.length) / parts;
    const isFull = soFarMs + msOf(sentence) / 2 > goal;
    const mustOpen = left <= parts - found.length;
    if (found.length < parts && found.at(-1)?.length && (isFull || mustOpen)) found.push([]);
    found.at(-1)?.push(sentence);
    soFarMs += msOf(sentence);
  }
  return found;
}

function lengthMs(text: string, { pace, language }: PacingContext): number {
  return speechMs(text, pace, language);
}
