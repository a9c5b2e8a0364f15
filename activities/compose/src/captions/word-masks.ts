import { evenBox, type Box, type Pixels } from './pixels.js';

/** Colours are this far apart, so that soft edges of letters still tell whose they are. */
const STEP = 16;
const PER_CHANNEL = 15;
/** Below it a pixel's colour says too little. */
const MIN_ALPHA = 48;

/** #rrggbb that marks a word in a picture; undefined for no word. */
export function wordColour(index: number): string | undefined {
  if (index < 0) return undefined;
  return `#${level(index % PER_CHANNEL)}${level(Math.floor(index / PER_CHANNEL) % PER_CHANNEL)}ff`;
}

function level(step: number): string {
  return (step * STEP + STEP / 2).toString(16).padStart(2, '0');
}

/** Words that share pixels, with the box that all they change lies in. */
export interface WordGroup {
  words: number[];
  box: Box;
}

/** Which word each pixel belongs to: its index + 1, or 0. */
export type WordMask = Uint8Array;

export interface WordMasks {
  mask: WordMask;
  groups: WordGroup[];
}

/**
 * Finds the words in a picture of them. `plain` and `accent` are the caption without and with all words standing
 * out: what differs between them and is nobody's by its colour is of the word next to it.
 */
export function wordMasks(marked: Pixels, plain: Pixels, accent: Pixels): WordMasks {
  const mask = new Uint8Array(marked.widthPx * marked.heightPx);
  for (let index = 0; index < mask.length; index += 1) mask[index] = wordAt(marked, index);
  const grown = mask.slice();
  for (let index = 0; index < mask.length; index += 1) {
    if (mask[index] !== 0 || !differs(plain, accent, index)) continue;
    grown[index] = neighbour(mask, index, marked.widthPx);
  }
  return { mask: grown, groups: groupsOf(grown, marked) };
}

function wordAt({ data }: Pixels, index: number): number {
  const alpha = data[index * 4 + 3] ?? 0;
  if (alpha < MIN_ALPHA) return 0;
  const level = (channel: number) => ((data[index * 4 + channel] ?? 0) * 255) / alpha;
  // White: nobody's.
  if (level(0) > STEP * PER_CHANNEL) return 0;
  const step = (channel: number) => Math.min(PER_CHANNEL - 1, Math.floor(level(channel) / STEP));
  return Math.min(255, step(1) * PER_CHANNEL + step(0) + 1);
}

function differs(a: Pixels, b: Pixels, index: number): boolean {
  const at = index * 4;
  for (let channel = at; channel < at + 4; channel += 1)
    if (a.data[channel] !== b.data[channel]) return true;
  return false;
}

function neighbour(mask: WordMask, index: number, widthPx: number): number {
  for (const step of [1, 2]) {
    for (const row of [0, -step, step]) {
      for (const column of [0, -step, step]) {
        const word = mask[index + row * widthPx + column];
        if (word !== undefined && word !== 0) return word;
      }
    }
  }
  return 0;
}

/** Boxes of words on whole pairs of pixels; where two would overlap they become one. */
function groupsOf(mask: WordMask, size: Omit<Pixels, 'data'>): WordGroup[] {
  const groups: WordGroup[] = [];
  for (const [word, box] of boxesOf(mask, size.widthPx)) {
    let grown: WordGroup = { words: [word], box: evenBox(box, size) };
    for (let other = overlapping(groups, grown); other; other = overlapping(groups, grown)) {
      groups.splice(groups.indexOf(other), 1);
      grown = { words: [...other.words, ...grown.words], box: around(other.box, grown.box) };
    }
    groups.push(grown);
  }
  return groups;
}

function boxesOf(mask: WordMask, widthPx: number): [number, Box][] {
  const edges = new Map<number, { left: number; right: number; top: number; bottom: number }>();
  for (const [index, word] of mask.entries()) {
    if (word === 0) continue;
    const [x, y] = [index % widthPx, Math.floor(index / widthPx)];
    const edge = edges.get(word - 1) ?? { left: x, right: x, top: y, bottom: y };
    edge.left = Math.min(edge.left, x);
    edge.right = Math.max(edge.right, x);
    edge.bottom = y;
    edges.set(word - 1, edge);
  }
  return [...edges]
    .toSorted(([a], [b]) => a - b)
    .map(([word, { left, right, top, bottom }]) => [
      word,
      { x: left, y: top, widthPx: right - left + 1, heightPx: bottom - top + 1 },
    ]);
}

function overlapping(groups: readonly WordGroup[], { box }: WordGroup): WordGroup | undefined {
  return groups.find(
    ({ box: other }) =>
      box.x < other.x + other.widthPx &&
      other.x < box.x + box.widthPx &&
      box.y < other.y + other.heightPx &&
      other.y < box.y + box.heightPx,
  );
}

function around(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return {
    x,
    y,
    widthPx: Math.max(a.x + a.widthPx, b.x + b.widthPx) - x,
    heightPx: Math.max(a.y + a.heightPx, b.y + b.heightPx) - y,
  };
}
