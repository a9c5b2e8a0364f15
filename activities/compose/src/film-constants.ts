import type { FrameRate } from '@aura/proto';

/** Length of the crossfade at the start of every shot but the first. */
export const CROSSFADE_MS = 500;

/**
 * How much larger than the frame a still is expected to be, in both directions. A picture of another
 * size or shape is fitted to cover that area.
 */
export const OVERSCAN = 1.12;

/** The longest way that a drift goes, as a share of the frame in its direction. */
export const MAX_DRIFT = 0.09;

/**
 * Share of the still's width or height, on each side, that may be out of sight at some time: whatever
 * must be seen during the whole shot lies inside of it.
 */
export const HIDDEN_MARGIN = (OVERSCAN - 1 + MAX_DRIFT) / 2 / OVERSCAN;

/** Loudness of the finished film (EBU R128) and how far it may be off. */
export const LOUDNESS = { targetLufs: -14, toleranceLu: 0.5, maxTruePeakDbtp: -1 } as const;

export const SAMPLE_RATE_HZ = 48_000;

/** How long a picture lasts in the time base of the picture track. */
export const TICKS_PER_FRAME = 1_000;

/** Ticks a second of the picture track and the film: every frame rate divides its own, so steps are even. */
export function timescaleOf(fps: number): number {
  return fps * TICKS_PER_FRAME;
}

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
