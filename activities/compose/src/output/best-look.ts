import type { Interval } from '../checks/intervals.js';
import type { Look } from './glance.js';

/** Darker and lighter than this, there is little to be seen. */
const [DARKEST, LIGHTEST] = [28, 236];
/** Widest edges that count as sharp, in pixels of the small picture. */
const SHARP_PX = 2.5;

/**
 * The key frame that stands best for the film: sharp and with much to be seen. `covered` are stretches in which
 * something else than a whole picture is shown, a transition or a caption. Undefined where no key frame lies
 * outside of them; of equals the earliest.
 */
export function bestLook(looks: readonly Look[], covered: readonly Interval[]): Look | undefined {
  const free = looks.filter(
    ({ atMs }) => !covered.some(({ startMs, endMs }) => atMs >= startMs && atMs < endMs),
  );
  return free.reduce<Look | undefined>(
    (best, look) => (best === undefined || worthOf(look) > worthOf(best) ? look : best),
    undefined,
  );
}

/** 0 to 1. What blurdetect gives for a picture without edges is no number, and is worth nothing. */
export function worthOf({ blur, entropy, brightness }: Look): number {
  const sharpness = blur > 0 ? Math.min(1, SHARP_PX / blur) : 0;
  const light = brightness < DARKEST || brightness > LIGHTEST ? 0.3 : 1;
  return (0.15 + 0.85 * sharpness) * Math.max(0, entropy) * light || 0;
}
