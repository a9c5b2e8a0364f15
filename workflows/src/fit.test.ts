import { expect, test } from 'vitest';
import type { Narration, Scene, Script } from '@aura/proto';
import { isOffTarget, lengthWarnings, paceAsSpoken } from './fit.js';

const script = (materialExhausted: boolean, ...texts: string[]) =>
  ({ materialExhausted, scenes: texts.map((narration) => ({ narration }) as Scene) }) as Script;

test('a tenth off is right; more is off, unless there is nothing more to say', () => {
  expect(isOffTarget(55_000, 60_000, script(false))).toBe(false);
  expect(isOffTarget(53_000, 60_000, script(false))).toBe(true);
  expect(isOffTarget(53_000, 60_000, script(true))).toBe(false);
  expect(isOffTarget(67_000, 60_000, script(true))).toBe(true);
});

test('the pace as spoken predicts the length that was spoken', () => {
  const written = script(false, 'a'.repeat(100), 'b'.repeat(50));
  const spoken = [{ durationMs: 9_000 }, { durationMs: 6_000 }] as Narration[];
  const pace = paceAsSpoken(
    { msPerCharacter: 60, msPerSentence: 0, provider: 'x', unitKey: '' },
    written,
    spoken,
  );
  expect(pace.msPerCharacter * 150).toBeCloseTo(15_000);
});

test('a length that was missed twice is told, with both lengths; one that ran out of words was told before', () => {
  const told = (ms: number, isExhausted = false, isSlightTold = true) =>
    lengthWarnings(ms, 60_000, script(isExhausted), () => isSlightTold);
  expect(told(66_000)).toEqual([]);
  expect(told(67_000)).toHaveLength(1);
  expect(told(72_000)).toMatchObject([
    { code: 'LengthMissed', message: 'The film is 72 s long; 60 s were asked for.' },
  ]);
  expect(told(20_000, true)).toEqual([]);
  // Of jobs that began before slight misses were told.
  expect(told(67_000, false, false)).toEqual([]);
  expect(told(72_000, false, false)).toHaveLength(1);
});
