import { FRAME_MS, type Envelope } from '../../sound/envelope.js';
import type { TimedPhone } from './align-phones.js';

/** Stops and affricates: first a closure in which nothing is heard, then the burst. */
const STOPS = /^(?:p|t|k|b|d|g|ch|jh)$/u;
/** How much louder than its closure a burst is. */
const BURST_DB = 8;

/**
 * When a word is first heard: where its first phone begins, but at the burst of a stop, whose closure
 * belongs to the phone and lasts 30 to 100 ms. Within the phone.
 */
export function audibleStart({ phone, startMs, endMs }: TimedPhone, { levels }: Envelope): number {
  if (!STOPS.test(phone)) return startMs;
  const from = Math.round(startMs / FRAME_MS);
  const to = Math.round(endMs / FRAME_MS);
  let closure = from;
  for (let frame = from; frame < to; frame += 1) {
    if ((levels[frame] ?? 0) < (levels[closure] ?? 0)) closure = frame;
  }
  const floor = levels[closure] ?? 0;
  let burst = closure;
  while (burst < to && (levels[burst] ?? 0) < floor + BURST_DB) burst += 1;
  return burst * FRAME_MS;
}
