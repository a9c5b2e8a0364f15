import {
  changesWithTime,
  framesOf,
  type FilmPlace,
  type FrameRate,
  type Overlay,
} from '@aura/proto';

/** A run of frames, of a film or of whatever an overlay lies over. */
export interface FrameSpan {
  start: number;
  frames: number;
}

export interface OverlayTiming {
  /** How long it takes to come and to go; 0 where it is there at once. */
  inFrames: number;
  outFrames: number;
}

const FADE_MS = 400;
const SLIDE_MS = 500;
const COUNT_MS = 1_500;
const MS_PER_CHARACTER = 45;
/** A short overlay is there as it is meant for at least this share of its time. */
const SHOWN_SHARE = 0.4;

/** How long the animation of an overlay takes at its begin and at its end. */
export function overlayTiming(overlay: Overlay, rate: FrameRate): OverlayTiming {
  const { animation, frames } = overlay;
  const most = (share: number) => Math.floor(frames * share);
  const both = (ms: number) => {
    const length = Math.min(framesOf(ms, rate), most((1 - SHOWN_SHARE) / 2));
    return { inFrames: length, outFrames: length };
  };
  const only = (ms: number) => {
    return { inFrames: Math.min(framesOf(ms, rate), most(1 - SHOWN_SHARE)), outFrames: 0 };
  };
  if (animation === 'fade') return both(FADE_MS);
  if (animation === 'slide') return both(SLIDE_MS);
  if (animation === 'count-up') return only(COUNT_MS);
  if (animation !== 'typewriter') return { inFrames: 0, outFrames: 0 };
  return only(Array.from(overlay.lines.join('')).length * MS_PER_CHARACTER);
}

/** The overlays of a style with the times that they have in a film: 0 frames mean until its end. */
export function overlaysOfFilm(overlays: readonly Overlay[], filmFrames: number): Overlay[] {
  return overlays.flatMap((overlay) => {
    const frames = Math.min(overlay.frames || filmFrames, filmFrames - overlay.start);
    return frames > 0 ? [{ ...overlay, frames }] : [];
  });
}

/**
 * The overlays of a style that show in a part of a film, in the time of that part. Without a place they must be the
 * same everywhere (see `needsPlace`).
 */
export function overlaysOfStyle(
  overlays: readonly Overlay[],
  part: { frames: number; place: FilmPlace | undefined },
  rate: FrameRate,
): Overlay[] {
  const { frames, place } = part;
  if (place) {
    const ofFilm = overlaysOfFilm(overlays, place.filmFrames);
    return overlaysIn(ofFilm, { start: place.start, frames }, rate);
  }
  if (overlays.some(changesWithTime)) throw new RangeError('an overlay needs a place in the film');
  return overlays.map((overlay) => ({ ...overlay, frames, animation: 'none' }));
}

/**
 * The overlays that show within a span, in its time: one may begin before it and end after it. Where one stands
 * still all the while it is told as if it lay over the span alone, so that the same picture has the same value.
 */
export function overlaysIn(
  overlays: readonly Overlay[],
  span: FrameSpan,
  rate: FrameRate,
): Overlay[] {
  return overlays.flatMap((overlay) => {
    const start = overlay.start - span.start;
    if (start >= span.frames || start + overlay.frames <= 0) return [];
    const { inFrames, outFrames } = overlayTiming(overlay, rate);
    const isSettled =
      !runs(overlay) && start + inFrames <= 0 && start + overlay.frames - outFrames >= span.frames;
    return isSettled
      ? [{ ...overlay, start: 0, frames: span.frames, animation: 'none' }]
      : [{ ...overlay, start }];
  });
}

/** It changes all the time that it shows. */
function runs({ kind, place }: Overlay): boolean {
  return kind === 'progress' || kind === 'clip' || (place?.toAnchor ?? '') !== '';
}
