import { SCENE_SILENCE_MS } from '../../../pace.js';

/** A sentence with its place in the text. */
export interface Spoken {
  text: string;
  ms: number;
  paragraph: number;
  /** Heading of its paragraph, on the paragraph's first sentence only. */
  heading: string;
  /** The item of a list that it is, as it was written. */
  item: string;
}

/** Scenes run 4 to 14 s, silence included, and read best near 9 s. */
const BEST_MS = 9_000;
const LONGEST_MS = 14_000;
const SHORTEST_MS = 4_000;

/**
 * Groups sentences into scenes, in order, by dynamic programming: near the best length, breaking between
 * paragraphs rather than within, and before a heading always. Few scenes allowed means longer ones.
 * Linear in the number of sentences, since a scene holds only so many.
 */
export function groupScenes(sentences: readonly Spoken[], maxScenes: number): Spoken[][] {
  if (sentences.length === 0) return [];
  const totalMs = sentences.reduce((sum, { ms }) => sum + ms + SCENE_SILENCE_MS / 2, 0);
  let bestMs = Math.max(BEST_MS, (totalMs / Math.max(1, maxScenes)) * 1.1);
  for (let round = 0; round < 8; round++) {
    const scenes = grouped(sentences, bestMs);
    if (scenes.length <= maxScenes) return scenes;
    bestMs *= 1.25;
  }
  return evenly(sentences, maxScenes);
}

function grouped(sentences: readonly Spoken[], bestMs: number): Spoken[][] {
  const longestMs = Math.max(LONGEST_MS, bestMs * 1.55);
  const costs: number[] = [0];
  const froms: number[] = [0];
  for (let to = 1; to <= sentences.length; to++) {
    let ms = SCENE_SILENCE_MS;
    let crossed = 0;
    const breaking = breakCost(sentences, to);
    costs[to] = Infinity;
    for (let from = to - 1; from >= 0; from--) {
      ms += sentences[from]?.ms ?? 0;
      if (ms > longestMs && from < to - 1) break;
      if (from < to - 1 && sentences[from]?.paragraph !== sentences[from + 1]?.paragraph)
        crossed += CROSSING;
      const cost = (costs[from] ?? Infinity) + lengthCost(ms, bestMs) + crossed + breaking;
      if (cost < (costs[to] ?? Infinity)) [costs[to], froms[to]] = [cost, from];
      if (sentences[from]?.heading) break;
    }
  }
  const scenes: Spoken[][] = [];
  for (let to = sentences.length; to > 0; to = froms[to] ?? 0)
    scenes.unshift(sentences.slice(froms[to] ?? 0, to));
  return scenes;
}

function lengthCost(ms: number, bestMs: number): number {
  const off = (ms - bestMs) / bestMs;
  return (
    off * off * 4 + (ms < SHORTEST_MS ? 2 : 0) + (ms > Math.max(LONGEST_MS, bestMs * 1.5) ? 3 : 0)
  );
}

/** What a scene over the end of a paragraph costs. */
const CROSSING = 0.8;

/** A break inside a paragraph costs a little, before a sentence that leans on the last one more. */
function breakCost(sentences: readonly Spoken[], to: number): number {
  const next = sentences[to];
  if (!next || next.paragraph !== sentences[to - 1]?.paragraph) return 0;
  return LEANING.test(next.text) ? 0.6 : 0.25;
}

const LEANING = /^(?:but|and|so|this|that|these|it|they|he|she|which|because|then|also)\b/i;

function evenly(sentences: readonly Spoken[], count: number): Spoken[][] {
  const scenes = Array.from({ length: Math.min(count, sentences.length) }, (): Spoken[] => []);
  for (const [at, sentence] of sentences.entries()) {
    scenes[Math.floor((at * scenes.length) / sentences.length)]?.push(sentence);
  }
  return scenes;
}
