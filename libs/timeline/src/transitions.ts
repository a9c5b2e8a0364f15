import { framesOf, type FilmStyle, type FrameRate, type Transition } from '@aura/proto';

/** How long one scene goes over into the next where nobody says otherwise. */
export const CROSSFADE_MS = 500;

const CROSSFADE: Transition = {
  kind: 'crossfade',
  frames: 0,
  direction: '',
  colour: '',
  linearLight: false,
};

/**
 * How a visual of so many frames takes over from the one before; undefined for a cut. Half of a short visual is the
 * most that it may take.
 */
export function transitionOf(
  style: FilmStyle | undefined,
  rate: FrameRate,
  visualFrames: number,
): Transition | undefined {
  const frames = Math.min(tailFrames(style, rate), Math.floor(visualFrames / 2));
  return frames === 0 ? undefined : { ...(style?.transition ?? CROSSFADE), frames };
}

/** The longest part of a film's visual that the transition to the next one may still show. */
export function tailFrames(style: FilmStyle | undefined, rate: FrameRate): number {
  if (style?.transition?.kind === 'cut') return 0;
  return framesOf(style?.transitionMs || CROSSFADE_MS, rate);
}
