import type { LayerTransition, Track, VisualLayer } from '@aura/compositor';
import type { Motion, Part, Transition } from '@aura/proto';
import type { FragmentVisual } from '@aura/timeline';
import type { Size } from '../size.js';

/** A picture is never made larger than so many frames side by side, however near the motion goes. */
const LARGEST_SCALE = 2;

/** Size of a picture that the frame moves over: a pixel of it is one of the frame where the motion is nearest. */
export function stillSize(frame: Size, motion: Motion | undefined): Size {
  const nearest = Math.min(motion?.from?.width ?? 1, motion?.to?.width ?? 1);
  const scale = Math.min(LARGEST_SCALE, 1 / Math.max(nearest, 1e-3));
  return { widthPx: even(frame.widthPx * scale), heightPx: even(frame.heightPx * scale) };
}

function even(px: number): number {
  return 2 * Math.round(px / 2);
}

/** When a visual of a fragment is seen, through which window and how it takes over. */
export function placeOf(
  { start, frames, motion, transition }: FragmentVisual,
  { frame, still, end }: { frame: Size; still: Size; end: number },
): Omit<VisualLayer, 'source'> {
  return {
    from: start,
    to: end,
    window: motion ? movingWindow(motion, { frame, still, start, frames }) : wholeWindow(still),
    ...(transition && transition.frames > 0 ? { transition: layerTransition(transition) } : {}),
  };
}

function wholeWindow({ widthPx }: Size): VisualLayer['window'] {
  return { x: 0, y: 0, width: widthPx };
}

function movingWindow(
  motion: Motion,
  way: { frame: Size; still: Size; start: number; frames: number },
): VisualLayer['window'] {
  const from = windowOf(motion.from, way);
  const to = windowOf(motion.to, way);
  const end = way.start + (motion.frames || way.frames);
  const easing = easingOf(motion.easing);
  const track = (first: number, last: number): Track => [
    { frame: way.start, value: first, easing },
    { frame: end, value: last },
  ];
  return {
    x: track(from.x, to.x),
    y: track(from.y, to.y),
    width: track(from.width, to.width),
  };
}

/** A part with the shape of the frame, in pixels of the picture, kept inside of it. */
function windowOf(
  part: Part | undefined,
  { frame, still }: { frame: Size; still: Size },
): { x: number; y: number; width: number } {
  const { x, y, width: share } = part ?? { x: 0.5, y: 0.5, width: 1 };
  const width = Math.min(still.widthPx, share * still.widthPx);
  const height = (width * frame.heightPx) / frame.widthPx;
  return {
    x: within(x * still.widthPx - width / 2, still.widthPx - width),
    y: within(y * still.heightPx - height / 2, still.heightPx - height),
    width,
  };
}

function within(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

const EASINGS = ['linear', 'ease-in', 'ease-out', 'ease-in-out'] as const;

function easingOf(name: string): (typeof EASINGS)[number] {
  return EASINGS.find((easing) => easing === name) ?? 'linear';
}

const KINDS = ['crossfade', 'dissolve', 'wipe', 'slide', 'push', 'fade'] as const;
const DIRECTIONS = ['left', 'right', 'up', 'down'] as const;

function layerTransition(transition: Transition): LayerTransition {
  const { frames, linearLight, colour } = transition;
  const kind = KINDS.find((one) => one === transition.kind) ?? 'crossfade';
  const direction = DIRECTIONS.find((one) => one === transition.direction) ?? 'left';
  return { kind, frames, direction, linearLight, colour: colour || '#000000' };
}
