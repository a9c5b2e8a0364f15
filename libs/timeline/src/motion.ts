import { createHash } from 'node:crypto';
import { msOf, rateOf, type FilmStyle, type Motion, type RenderSpec } from '@aura/proto';
import { tailFrames } from './transitions.js';

/** How much larger than the frame a picture that moves is shown, in both directions. */
export const OVERSCAN = 1.12;

/** The longest way that a drift goes, as a share of the frame in its direction. */
export const MAX_DRIFT = 0.09;

/**
 * Share of the picture's width or height, on each side, that may be out of sight at some time: whatever
 * must be seen during the whole visual lies inside of it.
 */
export const HIDDEN_MARGIN = (OVERSCAN - 1 + MAX_DRIFT) / 2 / OVERSCAN;

const DIRECTIONS = ['in', 'out', 'left', 'right', 'up', 'down', 'rising', 'falling'] as const;
type Direction = (typeof DIRECTIONS)[number];

export interface MotionFilm {
  render: RenderSpec;
  style?: FilmStyle | undefined;
}

/**
 * How a picture moves while its scene is shown, and on below the transition to the next; undefined where it stands
 * still. Where the style does not say which way, the scene's id decides: the same scene always moves the same way.
 */
export function motionOf(
  sceneId: string,
  visualFrames: number,
  { render, style }: MotionFilm,
): Motion | undefined {
  const wish = style?.motion || 'auto';
  if (wish === 'none') return undefined;
  const direction = DIRECTIONS.find((one) => one === wish) ?? directionOf(sceneId);
  const rate = rateOf(render);
  const frames = visualFrames + tailFrames(style, rate);
  const seconds = msOf(frames, rate) / 1_000;
  return direction === 'in' || direction === 'out'
    ? push(direction, seconds, frames)
    : drift(VECTORS[direction], { seconds, frames, render });
}

function directionOf(sceneId: string): Direction {
  const hash = createHash('sha256').update(sceneId).digest().readUInt32BE(0);
  return DIRECTIONS[hash % DIRECTIONS.length] ?? 'in';
}

const ZOOM_PER_SECOND = 0.012;
/** A little is left on both ends, so that rounding never shows an edge. */
const NEAREST_ZOOM = 1.004;
const FARTHEST_ZOOM = OVERSCAN - 0.006;

function push(direction: 'in' | 'out', seconds: number, frames: number): Motion {
  const way = Math.min(ZOOM_PER_SECOND * seconds, FARTHEST_ZOOM - NEAREST_ZOOM);
  const [start, end] =
    direction === 'in' ? [NEAREST_ZOOM + way, NEAREST_ZOOM] : [FARTHEST_ZOOM - way, FARTHEST_ZOOM];
  return { easing: 'linear', from: middle(start), to: middle(end), frames };
}

function middle(zoom: number) {
  return { x: 0.5, y: 0.5, width: share(zoom) };
}

/** Which way the frame goes over the picture; the picture seems to go the other way. */
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

function drift(
  vector: { x: number; y: number },
  { seconds, frames, render }: { seconds: number; frames: number; render: RenderSpec },
): Motion {
  const { widthPx, heightPx } = render;
  const wantedPx = DRIFT_PER_SECOND * Math.max(widthPx, heightPx) * seconds;
  const limitPx = MAX_DRIFT * Math.min(widthPx / Math.abs(vector.x), heightPx / Math.abs(vector.y));
  const wayPx = Math.min(wantedPx, limitPx);
  const halfX = share((vector.x * wayPx) / widthPx) / 2;
  const halfY = share((vector.y * wayPx) / heightPx) / 2;
  const width = share(1);
  return {
    easing: 'linear',
    from: { x: 0.5 - halfX, y: 0.5 - halfY, width },
    to: { x: 0.5 + halfX, y: 0.5 + halfY, width },
    frames,
  };
}

/** Widths of the frame as a share of the picture. Digits beyond what anybody sees would only change keys. */
function share(ofFrame: number): number {
  return Math.round((ofFrame / OVERSCAN) * 1e9) / 1e9;
}
