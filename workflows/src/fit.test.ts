import { expect, test } from '@jest/globals';
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
  expect(lengthWarnings(66_000, 60_000, script(false))).toEqual([]);
  expect(lengthWarnings(72_000, 60_000, script(false))).toMatchObject([
    { code: 'LengthMissed', message: 'The film is 72 s long; 60 s were asked for.' },
  ]);
  expect(lengthWarnings(20_000, 60_000, script(true))).toEqual([]);
});
