import type { Keyframe, SpriteLayer } from '@aura/compositor';
import { lineLeft, type FittedText, type TextPlace } from '@aura/drawing';

export interface Typing {
  /** First frame, and how many the typing of all lines takes. */
  from: number;
  frames: number;
  /** Of the sprite that holds the lines, px. */
  width: number;
  place: TextPlace;
}

/**
 * How much of the sprite of each line, which is broken no further, is seen from the side that it is read from: letter
 * after letter, line after line. Pure.
 */
export function typedShares(
  lines: readonly FittedText[],
  { from, frames, width, place }: Typing,
): NonNullable<SpriteLayer['reveal']>[] {
  const edges = lines.map((line) => letterEdges(line, place, width));
  const letters = edges.reduce((sum, one) => sum + one.length, 0);
  const pace = frames / Math.max(1, letters);
  let before = 0;
  return edges.map((shares, at) => {
    const share: Keyframe[] = [{ frame: from - 1, value: 0 }];
    for (const [index, value] of shares.entries()) {
      const frame = from + Math.round((before + index) * pace);
      const last = share.at(-1);
      // Letters of one frame come together; between two frames nothing moves.
      if (last && last.frame >= frame) last.value = value;
      else {
        if (last && last.frame < frame - 1) share.push({ frame: frame - 1, value: last.value });
        share.push({ frame, value });
      }
    }
    before += shares.length;
    const last = share.at(-1);
    if (last) share.push({ frame: last.frame + 1, value: 1 });
    return { edge: lines[at]?.rtl ? 'right' : 'left', share };
  });
}

const BESIDE_EM = 0.05;

/** Shares of the sprite's width at which letters end, in the order of reading; each once. */
function letterEdges(line: FittedText, place: TextPlace, width: number): number[] {
  const [only] = line.lines;
  if (!only) return [];
  const left = lineLeft(only.ink, line.size, place) - only.ink.left * line.size;
  const ends = only.glyphs.flatMap(({ face, id, x }) => {
    const ink = face.ink(id);
    if (!ink) return [];
    const edge = line.rtl ? x + ink.left : x + ink.right;
    const at = left + edge * line.size;
    // With what of its shadow is beside it; the next letter begins further on.
    return [((line.rtl ? width - at : at) + BESIDE_EM * line.size) / width];
  });
  const inOrder = [...new Set(ends.map((share) => Math.min(1, Math.max(0, share))))];
  return inOrder.toSorted((a, b) => a - b);
}
