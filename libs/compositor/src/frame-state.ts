import type { RenderPlan, SpriteLayer, VisualLayer } from './render-plan.js';
import type { Clip, SpritePlace } from './sprite-draw.js';
import { valueAt } from './track.js';
import type { Window } from './window-draw.js';

/** What one frame shows: numbers only, so that two frames can be told apart without drawing them. */
export interface FrameState {
  visual: ShownVisual;
  /** The visual before and how much of the transition is over, 0 to 1. */
  before?: ShownVisual;
  share: number;
  sprites: ShownSprite[];
}

export interface ShownVisual {
  layer: number;
  window: Window;
  /** Frames since the run's start or the layer's, whichever was later. Only of what moves by itself. */
  clipFrame?: number;
}

export interface ShownSprite {
  layer: number;
  sprite: number;
  place: SpritePlace;
}

/** What a plan shows at a frame. Pure. Errors: a TypeError where nothing covers it. */
export function stateAt(plan: RenderPlan, frame: number): FrameState {
  const at = plan.visuals.findLastIndex(({ from, to }) => from <= frame && frame < to);
  const layer = plan.visuals[at];
  if (!layer) throw new TypeError(`nothing is seen at frame ${frame}`);
  const visual = shownVisual(plan, { layer, at }, frame);
  const sprites = plan.layers.flatMap((shown, index) => spriteAt(plan, { shown, index }, frame));
  const previous = plan.visuals[at - 1];
  const { transition } = layer;
  if (!previous || !transition || frame >= layer.from + transition.frames) {
    return { visual, share: 1, sprites };
  }
  const before = shownVisual(plan, { layer: previous, at: at - 1 }, frame);
  return { visual, before, share: (frame - layer.from) / transition.frames, sprites };
}

function shownVisual(
  plan: RenderPlan,
  { layer, at }: { layer: VisualLayer; at: number },
  frame: number,
): ShownVisual {
  const { x, y, width } = layer.window;
  if ('clip' in layer.source) {
    const clipFrame = frame - Math.max(0, layer.from);
    return { layer: at, window: { x: 0, y: 0, step: 1 }, clipFrame };
  }
  if ('colour' in layer.source) return { layer: at, window: { x: 0, y: 0, step: 1 } };
  const window = {
    x: valueAt(x, frame),
    y: valueAt(y, frame),
    step: valueAt(width, frame) / plan.widthPx,
  };
  return { layer: at, window };
}

function spriteAt(
  plan: RenderPlan,
  { shown, index }: { shown: SpriteLayer; index: number },
  frame: number,
): ShownSprite[] {
  if (frame < shown.from || frame >= shown.to) return [];
  const opacity = Math.min(1, Math.max(0, valueAt(shown.opacity, frame)));
  const nth = shown.every ? Math.floor((frame - shown.from) / shown.every) : 0;
  const sprite = shown.sprites[Math.min(nth, shown.sprites.length - 1)];
  if (sprite === undefined || opacity === 0) return [];
  const [x, y] = [valueAt(shown.x, frame), valueAt(shown.y, frame)];
  const clip = clipOf(plan, { shown, sprite, x, y }, frame);
  return [{ layer: index, sprite, place: { x, y, opacity, clip } }];
}

function clipOf(
  { widthPx, heightPx, sprites }: RenderPlan,
  { shown, sprite, x, y }: { shown: SpriteLayer; sprite: number; x: number; y: number },
  frame: number,
): Clip {
  const clip = { left: 0, top: 0, right: widthPx, bottom: heightPx };
  if (!shown.reveal) return clip;
  const { edge, share: track } = shown.reveal;
  const share = Math.min(1, Math.max(0, valueAt(track, frame)));
  if (share === 1) return clip;
  const { widthPx: width = 0, heightPx: height = 0 } = sprites[sprite] ?? {};
  const [right, bottom] = [x + width, y + height];
  switch (edge) {
    case 'left':
      return { ...clip, right: Math.min(widthPx, Math.round(x + width * share)) };
    case 'right':
      return { ...clip, left: Math.max(0, Math.round(right - width * share)) };
    case 'top':
      return { ...clip, bottom: Math.min(heightPx, Math.round(y + height * share)) };
    case 'bottom':
      return { ...clip, top: Math.max(0, Math.round(bottom - height * share)) };
  }
}
