import { createHash } from 'node:crypto';

/** A number of 32 bits that only depends on the texts. */
export function seedOf(...texts: readonly string[]): number {
  return createHash('sha256').update(texts.join('\u0000')).digest().readUInt32BE(0);
}

/** Pseudo-random numbers in [0, 1); the same seed gives the same ones (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
