import { SCENE_SILENCE_MS } from '../../../pace.js';
import type { Spoken } from './group.js';

/** Paragraphs longer than this are shortened in blocks, so that not only their beginning survives. */
const BLOCK = 6;
/** Part of a scene's silence that a sentence brings along: a scene holds about two. */
const SILENCE_SHARE = SCENE_SILENCE_MS / 2;

/**
 * Whole sentences of a text that is too long: of every block (a paragraph, or six sentences of a long one)
 * its beginning, in proportion to its length, since beginnings stand on their own; the text's last sentence
 * stays as well. Where even the first sentences are too many, blocks are left out evenly.
 */
export function shorten(sentences: readonly Spoken[], targetMs: number): Spoken[] {
  const blocks = blocksOf(sentences);
  const last = sentences.at(-1);
  const budget = targetMs - (last ? costOf(last) : 0);
  let [low, high] = [0, 1];
  for (let round = 0; round < 24; round++) {
    const middle = (low + high) / 2;
    if (sum(selected(blocks, middle)) <= budget) low = middle;
    else high = middle;
  }
  const kept = new Set(selected(blocks, low));
  if (last) kept.add(last);
  fillUp(blocks, kept, targetMs);
  return sentences.filter((sentence) => kept.has(sentence));
}

/** A share of every block's beginning; below one sentence a block, of the blocks themselves. */
function selected(blocks: readonly Spoken[][], share: number): Spoken[] {
  const counts = blocks.map((block) => Math.round(block.length * share));
  if (counts.some((count) => count > 0) && share > 1 / (2 * BLOCK)) {
    return blocks.flatMap((block, at) =>
      block.slice(0, Math.max(at === 0 ? 1 : 0, counts[at] ?? 0)),
    );
  }
  const every = Math.max(1, Math.round(1 / Math.max(share * 2 * BLOCK, 1e-4)));
  return blocks.flatMap((block, at) => (at % every === 0 ? block.slice(0, 1) : []));
}

/** Adds the next sentence of some block while one still fits; the best fitting last. */
function fillUp(blocks: readonly Spoken[][], kept: Set<Spoken>, targetMs: number): void {
  let used = sum([...kept]);
  const next = blocks.flatMap((block) => block.find((sentence) => !kept.has(sentence)) ?? []);
  for (const sentence of next.toSorted((a, b) => costOf(b) - costOf(a))) {
    if (used + costOf(sentence) > targetMs * 1.02) continue;
    kept.add(sentence);
    used += costOf(sentence);
  }
}

function blocksOf(sentences: readonly Spoken[]): Spoken[][] {
  const blocks: Spoken[][] = [];
  for (const sentence of sentences) {
    const open = blocks.at(-1);
    const belongs = open && open.length < BLOCK && open[0]?.paragraph === sentence.paragraph;
    if (open && belongs) open.push(sentence);
    else blocks.push([sentence]);
  }
  return blocks;
}

function costOf({ ms }: Spoken): number {
  return ms + SILENCE_SHARE;
}

function sum(sentences: readonly Spoken[]): number {
  return sentences.reduce((total, sentence) => total + costOf(sentence), 0);
}
