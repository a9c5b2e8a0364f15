import type { FrameRate } from '../gen/aura/v1/media.js';

/** Pictures a second as a number, for what need not be exact. */
export function perSecond({ numerator, denominator }: FrameRate): number {
  return numerator / denominator;
}

/** The whole frame nearest to a time. */
export function framesOf(ms: number, { numerator, denominator }: FrameRate): number {
  return Math.round((ms * numerator) / (1_000 * denominator));
}

/** So many whole frames that a time lies within. */
export function framesCovering(ms: number, { numerator, denominator }: FrameRate): number {
  return Math.ceil((ms * numerator) / (1_000 * denominator));
}

export function msOf(frames: number, { numerator, denominator }: FrameRate): number {
  return (frames * 1_000 * denominator) / numerator;
}

/** The sample of sound at which a frame begins. Exact for whole samples, else the nearest. */
export function samplesOf(
  frames: number,
  { numerator, denominator }: FrameRate,
  sampleRateHz: number,
): number {
  return Math.round((frames * denominator * sampleRateHz) / numerator);
}
