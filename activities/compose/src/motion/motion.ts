import { createHash } from 'node:crypto';
import type { RenderSpec } from '@aura/proto';
import { CROSSFADE_MS, MAX_DRIFT, OVERSCAN } from '../film-constants.js';

/** A still under a moving frame. All lengths in pixels of the still after it was fitted. */
export type Motion = Drift | Push;

/**
 * The frame moves over the still at constant speed. Per step it moves by an exact fraction of two pixels
 * (`2 × stepX / phases`), so that after `phases` steps it has moved by whole pairs of pixels: those many
 * shifted copies of the still serve the whole shot.
 */
export interface Drift {
  kind: 'drift';
  /** The frame's left upper corner at the start, even. */
  startX: number;
  startY: number;
  stepX: number;
  stepY: number;
  phases: number;
  /** Frames per step; more than 1 only where a step per frame would be too fast. */
  hold: number;
}

/** The frame shrinks (nearer) or grows (farther) around the middle of the still. */
export interface Push {
  kind: 'push';
  /** Size of the window over the size of the frame, at the start and by how much it changes per frame. */
  startZoom: number;
  zoomPerFrame: number;
}

export interface Size {
  widthPx: number;
  heightPx: number;
}

/** Size that a still is fitted to before it moves: even, and never less than the overscan. */
export function stillSize({ widthPx, heightPx }: Size): Size {
  return { widthPx: overscanned(widthPx), heightPx: overscanned(heightPx) };
}

function overscanned(px: number): number {
  return 2 * Math.ceil((px * OVERSCAN) / 2);
}

/** The longest part of a shot that the next one's crossfade may still show. */
export function tailFrames(fps: number): number {
  return Math.round((CROSSFADE_MS * fps) / 1_000);
}

const DIRECTIONS = ['in', 'out', 'left', 'right', 'up', 'down', 'rising', 'falling'] as const;
type Direction = (typeof DIRECTIONS)[number];

/**
 * How the still of a scene moves: its direction from a hash of the scene's id, its speed so that the way
 * fits into the shot and the tail under the next crossfade. The same scene always moves the same way.
 */
export function motionOf(sceneId: string, frames: number, render: RenderSpec): Motion {
  const direction = directionOf(sceneId);
  const lengthFrames = frames + tailFrames(render.fps);
  return direction === 'in' || direction === 'out'
    ? push(direction, lengthFrames, render.fps)
    : drift(VECTORS[direction], lengthFrames, render);
}

function directionOf(sceneId: string): Direction {
  const hash = createHash('sha256').update(sceneId).digest().readUInt32BE(0);
  return DIRECTIONS[hash % DIRECTIONS.length] ?? 'in';
}

const ZOOM_PER_SECOND = 0.012;
/** A little is left on both ends, so that rounding never shows an edge. */
const NEAREST_ZOOM = 1.004;
const FARTHEST_ZOOM = OVERSCAN - 0.006;

function push(direction: 'in' | 'out', lengthFrames: number, fps: number): Push {
  const way = Math.min((ZOOM_PER_SECOND * lengthFrames) / fps, FARTHEST_ZOOM - NEAREST_ZOOM);
  const zoomPerFrame = way / lengthFrames;
  return direction === 'in'
    ? { kind: 'push', startZoom: NEAREST_ZOOM + way, zoomPerFrame: -zoomPerFrame }
    : { kind: 'push', startZoom: FARTHEST_ZOOM - way, zoomPerFrame };
}

/** Which way the frame goes over the still; the picture seems to go the other way. */
const VECTORS: Record<Exclude<Direction, 'in' | 'out'>, { x: number; y: number }> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
  rising: { x: 1, y: -0.5 },
  falling: { x: 1, y: 0.5 },
};

/** Share of the frame's longer side that a drift goes in a second. */
const DRIFT_PER_SECOND = 0.009;

function drift(vector: { x: number; y: number }, lengthFrames: number, render: RenderSpec): Drift {
  const still = stillSize(render);
  const longer = Math.max(render.widthPx, render.heightPx);
  const wanted = (DRIFT_PER_SECOND * longer) / render.fps;
  const limitX = (MAX_DRIFT * render.widthPx) / Math.abs(vector.x) / lengthFrames;
  const limitY = (MAX_DRIFT * render.heightPx) / Math.abs(vector.y) / lengthFrames;
  const isDiagonal = vector.x !== 0 && vector.y !== 0;
  const { step, phases, hold } = exactSpeed(Math.min(wanted, limitX, limitY), {
    divisor: isDiagonal ? 2 : 1,
    maxPhases: affordablePhases(still),
  });
  const [stepX, stepY] = [step * vector.x, step * vector.y];
  const steps = Math.floor(lengthFrames / hold);
  return {
    kind: 'drift',
    startX: centred(still.widthPx, render.widthPx, (2 * stepX * steps) / phases),
    startY: centred(still.heightPx, render.heightPx, (2 * stepY * steps) / phases),
    stepX,
    stepY,
    phases,
    hold,
  };
}

/** More copies allow slower exact speeds; these are 150 MB of them, and never more than anybody sees. */
const PHASE_PIXELS = 100_000_000;
const MAX_PHASES = 64;

function affordablePhases({ widthPx, heightPx }: Size): number {
  return Math.max(4, Math.min(MAX_PHASES, Math.floor(PHASE_PIXELS / (widthPx * heightPx))));
}

/** A little slower with fewer copies of the still is the better bargain. */
const WORTH_MORE_PHASES = 1.02;

/**
 * About the largest speed not above the wanted one that some number of phases gives exactly. `step` is a
 * multiple of `divisor`: half of a diagonal's must be whole too.
 */
function exactSpeed(
  wantedPxPerFrame: number,
  { divisor, maxPhases }: { divisor: number; maxPhases: number },
): { step: number; phases: number; hold: number } {
  const hold = Math.max(1, Math.ceil((2 * divisor) / maxPhases / wantedPxPerFrame));
  let best = { step: divisor, phases: maxPhases, hold };
  for (let phases = 2; phases <= maxPhases; phases += 1) {
    const step = divisor * Math.floor((wantedPxPerFrame * hold * phases) / (2 * divisor));
    if (step / phases > (best.step / best.phases) * WORTH_MORE_PHASES)
      best = { step, phases, hold };
  }
  return best;
}

/** An even start such that a way of `lengthPx` lies in the middle of the margin. */
function centred(stillPx: number, framePx: number, lengthPx: number): number {
  return 2 * Math.round((stillPx - framePx - lengthPx) / 4);
}
