import type { Keyframe, SpriteLayer, Still } from '@aura/compositor';
import {
  figurePixels,
  figureSprites,
  planFigure,
  type FigurePart,
  type FigureSprite,
  type FontLibrary,
} from '@aura/drawing';
import type { Figure, FrameRate } from '@aura/proto';
import type { DrawnLayers } from '../overlays/drawn-layers.js';
import { buildTimes, type BuildTime } from './build-times.js';

/** A figure as it builds itself up: what lies behind it, and what is drawn over that. */
export interface DrawnFigure extends DrawnLayers {
  ground: Still;
}

export interface FigureShow {
  widthPx: number;
  heightPx: number;
  rate: FrameRate;
  /** Frames of the segment, 0 its first: from when on the figure is seen by itself, and until when it is seen. */
  from: number;
  to: number;
}

/** In units of a hundredth of the frame's short side: how far below its place what rises begins. */
const RISE = 3;
/** A number comes out of nothing within this share of its count. */
const COUNT_FADE = 0.14;

/** Draws a figure that builds itself up from `from` on and is whole long before `to`. The same figure gives the same bytes. */
export async function drawFigure(
  figure: Figure,
  show: FigureShow,
  fonts: FontLibrary,
): Promise<DrawnFigure> {
  const { widthPx, heightPx } = show;
  const plan = await planFigure(figure, show, fonts);
  const rgb = await figurePixels(plan, { withParts: false, widthPx, heightPx });
  const times = buildTimes(plan.parts, plan.isRead, show);
  const drawn: DrawnFigure = {
    ground: { widthPx, heightPx, rgb },
    sprites: [],
    layers: [],
  };
  for (const [at, part] of plan.parts.entries()) {
    const sprites = await figureSprites(plan, part);
    const time = times[at];
    const [first] = sprites;
    if (!first || !time) continue;
    const indices = sprites.map((_, state) => drawn.sprites.length + state);
    drawn.sprites.push(
      ...sprites.map(({ widthPx, heightPx, rgba }) => ({ widthPx, heightPx, rgba })),
    );
    drawn.layers.push(layerOf(part, { first, indices, time, show, unit: plan.frame.unit }));
  }
  return drawn;
}

/** A figure as it ends. */
export async function drawWholeFigure(
  figure: Figure,
  { widthPx, heightPx }: Pick<FigureShow, 'widthPx' | 'heightPx'>,
  fonts: FontLibrary,
): Promise<Still> {
  const plan = await planFigure(figure, { widthPx, heightPx }, fonts);
  return {
    widthPx,
    heightPx,
    rgb: await figurePixels(plan, { withParts: true, widthPx, heightPx }),
  };
}

interface Placed {
  first: FigureSprite;
  indices: number[];
  time: BuildTime;
  show: FigureShow;
  unit: number;
}

/** Pure. */
function layerOf(part: FigurePart, { first, indices, time, show, unit }: Placed): SpriteLayer {
  const end = time.from + time.frames;
  const way = (from: number, to: number, until = end): Keyframe[] => [
    { frame: time.from, value: from, easing: 'ease-out' },
    { frame: until, value: to },
  ];
  const still = {
    sprites: indices,
    from: time.from,
    to: show.to,
    x: first.xPx,
    y: first.yPx,
    opacity: 1,
  };
  switch (part.enter) {
    case 'fade':
      return { ...still, opacity: way(0, 1) };
    case 'rise':
      return { ...still, y: way(first.yPx + RISE * unit, first.yPx), opacity: way(0, 1) };
    case 'count': {
      const fade = time.from + Math.max(1, Math.round(time.frames * COUNT_FADE));
      const every = Math.max(1, Math.round(time.frames / indices.length));
      return { ...still, every, opacity: way(0, 1, fade) };
    }
    case 'grow-from-left':
      return { ...still, reveal: { edge: 'left', share: way(0, 1) } };
    case 'grow-from-right':
      return { ...still, reveal: { edge: 'right', share: way(0, 1) } };
    case 'grow-from-top':
      return { ...still, reveal: { edge: 'top', share: way(0, 1) } };
    case 'grow-from-bottom':
      return { ...still, reveal: { edge: 'bottom', share: way(0, 1) } };
  }
}
