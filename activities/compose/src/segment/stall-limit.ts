import type { Size } from '../size.js';

const STALL_MS = 30_000;
const FULL_HD_PIXELS = 1_920 * 1_080;

/**
 * How long an FFmpeg may go without progress. An encoder fills its look-ahead before the first frame comes
 * out, which takes as much longer as a frame is larger than full HD.
 */
export function stallLimitMs({ widthPx, heightPx }: Size, baseMs = STALL_MS): number {
  return Math.round(baseMs * Math.max(1, (widthPx * heightPx) / FULL_HD_PIXELS));
}

const SLOW_DISK_BYTES_PER_MS = 20_000;

/** The same where a file is copied whole at the end, as happens when an index moves to its front. */
export function copyLimitMs(bytes: number, baseMs = STALL_MS): number {
  return Math.round(baseMs + bytes / SLOW_DISK_BYTES_PER_MS);
}
