import type { Size } from '../../size.js';

/** One of the sizes that a film is offered in. */
export interface Rung extends Size {
  /** What it is called, after its short side: "720p". */
  name: string;
}

const SHORT_SIDES_PX = [2_160, 1_440, 1_080, 720, 480, 360, 270, 180, 120, 90, 54, 36];
/** A step that saves less is no step. */
const LARGEST_STEP = 0.8;
const RUNGS = 3;

/** The film's own size and two smaller ones, the largest first. */
export function rungsOf({ widthPx, heightPx }: Size): Rung[] {
  const short = Math.min(widthPx, heightPx);
  const rungs: Rung[] = [{ widthPx, heightPx, name: `${short}p` }];
  let last = short;
  for (const side of SHORT_SIDES_PX) {
    if (rungs.length === RUNGS || side > last * LARGEST_STEP) continue;
    const even = (px: number) => 2 * Math.max(1, Math.round((px * side) / short / 2));
    rungs.push({ widthPx: even(widthPx), heightPx: even(heightPx), name: `${side}p` });
    last = side;
  }
  return rungs;
}
