import { expect, test } from 'vitest';
import fc from 'fast-check';
import { envelopeOf } from '../sound/envelope.js';
import { completeTimes } from './complete-times.js';
import { snapToSound } from './snap-to-sound.js';
import { spreadWords } from './spread-words.js';

test('a word spoken with the one before shares its time, an emoji takes none', () => {
  const told = [{ startMs: 0, endMs: 300 }, undefined, undefined, { startMs: 400, endMs: 500 }];
  expect(completeTimes(told, [10, 20, 0, 5], { startMs: 0, endMs: 500 })).toEqual([
    { startMs: 0, endMs: 100 },
    { startMs: 100, endMs: 300 },
    { startMs: 300, endMs: 300 },
    { startMs: 400, endMs: 500 },
  ]);
});

test('times are complete and never run backwards, whatever was told', () => {
  const interval = fc.tuple(fc.nat(3_000), fc.nat(800)).map(([startMs, length]) => ({
    startMs,
    endMs: startMs + length,
  }));
  const words = fc.array(fc.tuple(fc.option(interval, { nil: undefined }), fc.nat(20)), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(words, (given) => {
      const times = completeTimes(
        given.map(([told]) => told),
        given.map(([, weight]) => weight),
        { startMs: 0, endMs: 4_000 },
      );
      expect(times).toHaveLength(given.length);
      for (const [index, { startMs, endMs }] of times.entries()) {
        expect(endMs).toBeGreaterThanOrEqual(startMs);
        expect(startMs).toBeGreaterThanOrEqual(times[index - 1]?.startMs ?? 0);
      }
    }),
    { numRuns: 200 },
  );
});

test('a start in a silence goes forward to the sound, one behind an onset goes back to it', () => {
  const envelope = bursts([200, 500], [600, 900]);
  const early = { startMs: 130, endMs: 500 };
  const late = { startMs: 680, endMs: 1_000 };
  expect(snapToSound([early, late], envelope)).toEqual([
    { startMs: 200, endMs: 500 },
    { startMs: 600, endMs: 900 },
  ]);
});

test('an onset that belongs to the word before is left to it', () => {
  const envelope = bursts([200, 500]);
  const words = [
    { startMs: 200, endMs: 280 },
    { startMs: 280, endMs: 500 },
  ];
  expect(snapToSound(words, envelope)).toEqual(words);
});

test('without told times, clauses are put at the pauses and words share the heard time', () => {
  const envelope = bursts([100, 500], [800, 1_000]);
  const times = spreadWords({ words: ['One', 'two,', 'three.'], weights: [10, 10, 10] }, envelope);
  expect(times).toEqual([
    { startMs: 100, endMs: 300 },
    { startMs: 300, endMs: 500 },
    { startMs: 800, endMs: 1_000 },
  ]);
});

/** A sound that is heard in the given stretches of ms. */
function bursts(...stretches: [number, number][]) {
  const samples = Int16Array.from({ length: 1_200 * 16 }, (_, index) =>
    stretches.some(([from, to]) => index >= from * 16 && index < to * 16)
      ? 9_000 * Math.cos(index / 3)
      : 0,
  );
  return envelopeOf({ samples, sampleRate: 16_000 });
}
