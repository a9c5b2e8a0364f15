import type { Sound } from '../sound/wav.js';
import type { Interval } from '../voice-provider.js';
import { HOP_MS, speechFeatures } from './speech-features.js';
import { warp } from './warp.js';

/** The same words spoken by a voice that tells their times. */
export interface Reference {
  sound: Sound;
  words: readonly Interval[];
}

/** Longer stretches are not warped: the work grows with the square, and voices pause before. */
const LONGEST_MS = 20_000;

/**
 * Times of the words [from, to) of a reference in another voice's sound, where the stretch [startMs, endMs) of it
 * holds just these words. Undefined where the stretch is too long, or nothing of the reference is heard.
 */
export function alignWords(
  { sound, words }: Reference,
  { from, to }: { from: number; to: number },
  target: { sound: Sound } & Interval,
): Interval[] | undefined {
  const own = words.slice(from, to);
  const startMs = own[0]?.startMs ?? 0;
  const endMs = Math.max(startMs, ...own.map((word) => word.endMs));
  const longestMs = Math.max(endMs - startMs, target.endMs - target.startMs);
  if (endMs - startMs < HOP_MS || target.endMs <= target.startMs || longestMs > LONGEST_MS) {
    return undefined;
  }
  const path = warp(
    speechFeatures(sound, startMs, endMs),
    speechFeatures(target.sound, target.startMs, target.endMs),
  );
  const at = (ms: number) => {
    const frame = Math.min(path.length - 1, Math.max(0, Math.round((ms - startMs) / HOP_MS)));
    return target.startMs + (path[frame] ?? 0) * HOP_MS;
  };
  return own.map((word) => ({ startMs: at(word.startMs), endMs: at(word.endMs) }));
}
