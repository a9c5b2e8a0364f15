import { expect, test } from 'vitest';
import { loudnessMeter } from './loudness-meter.js';
import { SAMPLE_RATE_HZ } from './sound-stream.js';

test.each([
  ['a steady tone', [{ db: -23, seconds: 5 }], -23],
  [
    'one after quiet passages',
    [-36, -23, -36].map((db) => ({ db, seconds: db === -23 ? 12 : 2 })),
    -23,
  ],
  ['silence', [{ db: -120, seconds: 2 }], -70],
])('%s is as loud as EBU Tech 3341 says, within 0.1 LU', (_what, parts, lufs) => {
  const meter = loudnessMeter();
  for (const { db, seconds } of parts) {
    const side = tone(db, seconds);
    for (let at = 0; at < side.length; at += 7_001) {
      meter.add(side.subarray(at, at + 7_001), side.subarray(at, at + 7_001));
    }
  }
  expect(Math.abs(meter.loudnessLufs() - lufs)).toBeLessThanOrEqual(0.1);
});

function tone(db: number, seconds: number): Float32Array {
  const level = 10 ** (db / 20);
  return Float32Array.from({ length: seconds * SAMPLE_RATE_HZ }, (_, index) => {
    return level * Math.sin((2 * Math.PI * 1_000 * index) / SAMPLE_RATE_HZ);
  });
}
