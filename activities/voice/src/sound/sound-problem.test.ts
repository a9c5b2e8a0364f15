import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { PROGRAMS } from '../testing/voices.js';
import { speechWeight } from '../text/speech-weight.js';
import { envelopeOf } from './envelope.js';
import { soundProblem } from './sound-problem.js';
import { readWav, type Sound } from './wav.js';

const TEXT = 'The quick brown fox jumps over the lazy dog, and runs into the dark forest.';
const GOOD = readWav(
  execFileSync(PROGRAMS.espeakPath, ['--stdout', '--stdin'], { input: TEXT }),
).sound;

test('a sentence as it should be has no problem', () => {
  expect(problemOf(GOOD)).toBeUndefined();
});

test('silence is refused, digital or just too quiet', () => {
  expect(problemOf(changed(() => 0))).toMatch(/^silent/);
  expect(problemOf(changed((sample) => sample / 400))).toMatch(/^silent/);
});

test('a gap of three seconds within a sentence is refused', () => {
  const at = GOOD.samples.length / 2;
  const samples = new Int16Array(GOOD.samples.length + GOOD.sampleRate * 3);
  samples.set(GOOD.samples.subarray(0, at));
  samples.set(GOOD.samples.subarray(at), at + GOOD.sampleRate * 3);
  expect(problemOf({ ...GOOD, samples })).toMatch(/silent for \d+ ms/);
});

test('clipping is refused, a single full-scale peak is not', () => {
  expect(problemOf(changed((sample) => sample * 8))).toMatch(/^clipped/);
  expect(
    problemOf(changed((sample, index) => (index === 9_000 ? 32_767 : sample))),
  ).toBeUndefined();
});

test('a sound that is far from the length of its text is refused', () => {
  expect(problemOf(GOOD, TEXT.repeat(5))).toMatch(/^too short/);
  expect(problemOf(GOOD, 'Hi.')).toMatch(/^too long/);
});

test('a sound that ends in the middle of a vowel is refused', () => {
  const loud = GOOD.samples.findIndex((sample, index) => index > 30_000 && sample > 12_000);
  expect(
    problemOf({ ...GOOD, samples: GOOD.samples.slice(0, loud) }, 'The quick brown fox'),
  ).toMatch(/^cut off/);
});

function problemOf(sound: Sound, text = TEXT): string | undefined {
  return soundProblem(sound, envelopeOf(sound), speechWeight(text));
}

function changed(change: (sample: number, index: number) => number): Sound {
  return {
    ...GOOD,
    samples: GOOD.samples.map((sample, index) =>
      Math.max(-32_768, Math.min(32_767, change(sample, index))),
    ),
  };
}
