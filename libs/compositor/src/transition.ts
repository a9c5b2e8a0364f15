import { fillFrame, planesAt, type Size } from './frame-planes.js';
import type { Kernel } from './kernel.js';
import type { LayerTransition } from './render-plan.js';
import { eased } from './track.js';

/** Addresses of frames: the one before, the one after, and where what lies between them is drawn. */
export interface Between {
  before: number;
  after: number;
  out: number;
  /** Room for a frame and for rows of weights. */
  room: number;
  size: Size;
}

/** Room for the weights of a row of luma. */
export function transitionRoomBytes({ widthPx }: Size): number {
  return widthPx + 64;
}

/** Draws a transition after a share of its time, 0 to 1: all of the one before at 0, of the one after at 1. */
export function drawTransition(
  kernel: Kernel,
  between: Between,
  { transition, share }: { transition: LayerTransition; share: number },
): void {
  const direction = transition.direction ?? 'left';
  switch (transition.kind) {
    case 'crossfade':
      return crossfade(kernel, between, { share, isLinear: transition.linearLight === true });
    case 'dissolve':
      return dissolve(kernel, between, share);
    case 'wipe':
      return wipe(kernel, between, { share: eased(share, 'ease-in-out'), direction });
    case 'slide':
      return slide(kernel, between, {
        share: eased(share, 'ease-in-out'),
        direction,
        pushes: false,
      });
    case 'push':
      return slide(kernel, between, {
        share: eased(share, 'ease-in-out'),
        direction,
        pushes: true,
      });
    case 'fade':
      return fade(kernel, between, { share, colour: transition.colour ?? '#000000' });
  }
}

function bytesOf({ widthPx, heightPx }: Size): number {
  return (widthPx * heightPx * 3) / 2;
}

function crossfade(
  kernel: Kernel,
  { before, after, out, size }: Between,
  { share, isLinear }: { share: number; isLinear: boolean },
): void {
  const weight = Math.round(share * 256);
  if (isLinear) kernel.mixLight(before, after, out, size.widthPx, size.heightPx, weight);
  else kernel.mix(before, after, out, bytesOf(size), weight);
}

/** One more than the last level at which a grain changes. */
const GRAIN_LEVELS = 320;

function dissolve(
  kernel: Kernel,
  { before, after, out, room, size }: Between,
  share: number,
): void {
  const level = Math.round(share * GRAIN_LEVELS);
  for (const [index, { at, width, rows }] of planesAt(0, size).entries()) {
    const isFine = index === 0 ? 1 : 0;
    kernel.dissolve(before + at, after + at, out + at, room, width, rows, isFine, level);
  }
}

type Direction = NonNullable<LayerTransition['direction']>;

/** How wide the soft edge of a wipe is, as a share of the way it goes. */
const SOFT_EDGE = 0.08;

function wipe(
  kernel: Kernel,
  { before, after, out, room, size }: Between,
  { share, direction }: { share: number; direction: Direction },
): void {
  const isUpright = direction === 'up' || direction === 'down';
  const isBackwards = direction === 'left' || direction === 'up';
  for (const { at, width, rows } of planesAt(0, size)) {
    const weights = wipeWeights(isUpright ? rows : width, share, isBackwards);
    if (isUpright) {
      for (let row = 0; row < rows; row += 1) {
        const start = at + row * width;
        const weight = weights[row] ?? 0;
        const whole = weight + (weight >> 7);
        kernel.mix(before + start, after + start, out + start, width, whole);
      }
    } else {
      kernel.bytes(room, width).set(weights);
      kernel.mixColumns(before + at, after + at, out + at, room, width, rows);
    }
  }
}

/** For each step of the way how much of the picture after is seen there, of 255. */
function wipeWeights(length: number, share: number, isBackwards: boolean): Uint8Array {
  const edge = share * (1 + SOFT_EDGE);
  return Uint8Array.from({ length }, (_, index) => {
    const along = ((isBackwards ? length - 1 - index : index) + 0.5) / length;
    return Math.round(255 * Math.min(1, Math.max(0, (edge - along) / SOFT_EDGE)));
  });
}

function slide(
  kernel: Kernel,
  { before, after, out, size }: Between,
  { share, direction, pushes }: { share: number; direction: Direction; pushes: boolean },
): void {
  const isUpright = direction === 'up' || direction === 'down';
  const way = isUpright ? size.heightPx : size.widthPx;
  const gone = 2 * Math.round((way * share) / 2);
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const [oldAt, newAt] = [pushes ? sign * gone : 0, sign * (gone - way)];
  copyMoved(kernel, { from: before, out, size }, isUpright ? [0, oldAt] : [oldAt, 0]);
  copyMoved(kernel, { from: after, out, size }, isUpright ? [0, newAt] : [newAt, 0]);
}

/** The part of a frame that is still in sight after it was moved by even distances. */
function copyMoved(
  kernel: Kernel,
  { from, out, size }: { from: number; out: number; size: Size },
  [x, y]: [number, number],
): void {
  for (const [index, { at, width, rows }] of planesAt(0, size).entries()) {
    const [dx, dy] = index === 0 ? [x, y] : [x / 2, y / 2];
    const [seenWidth, seenRows] = [width - Math.abs(dx), rows - Math.abs(dy)];
    if (seenWidth <= 0 || seenRows <= 0) continue;
    const source = from + at + Math.max(0, -dy) * width + Math.max(0, -dx);
    const target = out + at + Math.max(0, dy) * width + Math.max(0, dx);
    kernel.copyRows(source, width, target, width, seenWidth, seenRows);
  }
}

/** To the colour in the first half, from it in the second. */
function fade(
  kernel: Kernel,
  { before, after, out, size }: Between,
  { share, colour }: { share: number; colour: string },
): void {
  fillFrame(kernel, out, { size, colour });
  const [from, weight] = share < 0.5 ? [before, share * 2] : [after, 2 - share * 2];
  kernel.mix(from, out, out, bytesOf(size), Math.round(weight * 256));
}
