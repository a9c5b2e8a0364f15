import type { FrameRate } from '@aura/proto';

/** Loudness of the finished film (EBU R128) and how far it may be off. */
export const LOUDNESS = { targetLufs: -14, toleranceLu: 0.5, maxTruePeakDbtp: -1 } as const;

export const SAMPLE_RATE_HZ = 48_000;

/** How long a picture lasts in the time base of the picture track. */
const TICKS_PER_FRAME = 1_000;

/**
 * The time base of the picture track, in ticks a second, and how many of them a picture lasts: whole numbers for
 * every rate, also 30000/1001, so that steps are even and never drift.
 */
export function ticksOf({ numerator, denominator }: FrameRate): {
  timescale: number;
  perFrame: number;
} {
  const scale = denominator === 1 ? TICKS_PER_FRAME : 1;
  return { timescale: numerator * scale, perFrame: denominator * scale };
}
