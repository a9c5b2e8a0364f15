import { createHash } from 'node:crypto';

/** Numbers in [0, 1) that follow from the seed alone. */
export type Random = () => number;

/** Seeded by content, so that the same scene is drawn the same everywhere: a chain of sha256, read in words. */
export function randomOf(...seed: readonly string[]): Random {
  let block = createHash('sha256').update(JSON.stringify(seed)).digest();
  let at = 0;
  return () => {
    if (at === block.length) {
      block = createHash('sha256').update(block).digest();
      at = 0;
    }
    at += 4;
    return block.readUInt32LE(at - 4) / 2 ** 32;
  };
}

export function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}
