import { balanceLines, breakLines, cutWideWords, truncateLines, type Line } from './break-lines.js';
import { placeLine, type PlacedLine } from './place-line.js';
import type { ShapedText } from './shaped-text.js';

/** What a text may take. Lengths in px. */
export interface Room {
  width: number;
  height: number;
  maxSize: number;
  minSize: number;
  maxLines: number;
  /** Distance between baselines in em; more where the ink of two lines would touch. */
  leading: number;
}

/**
 * A text set at one size, px. Its box is measured on ink: from the top of the first line (at least the
 * height of capitals) to the last ink, and as wide as its widest line.
 */
export interface FittedText {
  size: number;
  lines: FittedLine[];
  width: number;
  height: number;
  rtl: boolean;
  /** Something was left out, and an ellipsis stands for it. */
  truncated: boolean;
  /** A word was too long for a line even at the smallest size. */
  cut: boolean;
}

export interface FittedLine extends PlacedLine {
  /** From the top of the box, px. */
  baseline: number;
}

const STEP = 0.955;
/** How much of the largest possible size a better shape may cost. */
const LEAST_SHARE = 0.8;
const GOOD_FILL = 0.6;
const LINE_WORTH = 0.96;
/** Clear space between the ink of two lines, in em. */
const GAP_EM = 0.12;
/** Height of tall letters in em, about: lines without tall letters take as much, so that cards do not jump. */
const CAP_EM = 0.74;

/**
 * Sets a text as large as it fits: by size first, then by more lines, at the smallest size with long
 * words cut, in the end with an ellipsis. A little size is given up for a better shape. The result lies
 * within the room, which must hold one line.
 */
export function fitText(text: ShapedText, room: Room): FittedText {
  let best: FittedText | undefined;
  for (let size = room.maxSize; size > room.minSize; size *= STEP) {
    if (best && size < best.size * LEAST_SHARE) break;
    const fitted = setWhole(text, room, size);
    if (fitted && (!best || merit(fitted) > merit(best))) best = fitted;
  }
  return best ?? fitSmallest(text, room);
}

/** Size, less for every line and for a short line between longer ones. */
function merit({ size, lines, width }: FittedText): number {
  const shortest = Math.min(
    width,
    ...lines.slice(0, -1).map(({ ink }) => (ink.right - ink.left) * size),
  );
  const shape = Math.min(1, shortest / (width * GOOD_FILL)) ** 0.6;
  return size * shape * LINE_WORTH ** lines.length;
}

/** A text at one size with every word whole, where the room allows it. */
export function setWhole(
  text: ShapedText,
  room: Pick<Room, 'width' | 'height' | 'maxLines' | 'leading'>,
  size: number,
): FittedText | undefined {
  const lines = balanceLines(text.words, room.width / size);
  if (!lines || lines.length > room.maxLines) return undefined;
  const fitted = stack(text, lines, size, room.leading);
  return fitted.height <= room.height && fitted.width <= room.width ? fitted : undefined;
}

function fitSmallest(text: ShapedText, room: Room): FittedText {
  const size = room.minSize;
  // Ink may reach beyond advances (italics, Arabic tails): a little narrower until it does not.
  for (const share of [1, 0.97, 0.92, 0.85, 0.75]) {
    const width = (room.width * share) / size;
    const words = cutWideWords(text, width);
    const all = breakLines(words, width) ?? [];
    for (let count = Math.min(all.length, room.maxLines); count > 0; count--) {
      const whole = count === all.length;
      const lines = whole
        ? (balanceLines(words, width) ?? all)
        : truncateLines(text, all, count, width);
      const fitted = stack(text, lines, size, room.leading);
      const last = count === 1 && share === 0.75;
      if (fitted.width <= room.width && (fitted.height <= room.height || last)) {
        return { ...fitted, truncated: !whole, cut: words.length > text.words.length };
      }
    }
  }
  return stack(text, [], size, room.leading);
}

function stack(text: ShapedText, lines: Line[], size: number, leading: number): FittedText {
  const placed: FittedLine[] = [];
  let bottom = 0;
  for (const line of lines) {
    const next = placeLine(line, text.rtl);
    const before = placed.at(-1);
    const top = Math.max(next.ink.top, CAP_EM) * size;
    const baseline = before
      ? Math.max(before.baseline + leading * size, bottom + GAP_EM * size + next.ink.top * size)
      : top;
    placed.push({ ...next, baseline });
    bottom = baseline - Math.min(next.ink.bottom, 0) * size;
  }
  const width = Math.max(0, ...placed.map(({ ink }) => (ink.right - ink.left) * size));
  return {
    size,
    lines: placed,
    width,
    height: bottom,
    rtl: text.rtl,
    truncated: false,
    cut: false,
  };
}
