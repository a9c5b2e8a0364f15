import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { voiceProvidersOf } from './providers/index.js';
import { resolveVoice } from './resolve-voice.js';
import type { Sound } from './sound/wav.js';
import { speakTake, type TimedTake } from './speak-take.js';
import { PROGRAMS, workplace, type Workplace } from './testing/voices.js';

/**
 * Running prose has no pauses to measure at. Here each word is spoken alone too, and dynamic time
 * warping of the two sounds (log spectra, 24 bands, 5 ms apart) finds where the words spoken alone lie in
 * the sentence: a measurement that knows nothing of the voice program's numbers. It is itself good for some
 * 30 ms on average, so the mean is held as well as the worst word.
 */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

const SENTENCE = 'Every summer thousands of people travel to the coast because they want to swim';

test.each([
  ['flite', 'en-US-narrator-f', 80],
  ['espeak-ng', 'en-GB-narrator-f', 250],
])(
  '%s, %s: every word of running prose is within its tolerance',
  async (provider, voiceId, limitMs) => {
    const speaker = resolveVoice(voiceProvidersOf(PROGRAMS), provider, { voiceId, language: '' });
    const options = { scratch: place.folder, ffmpegPath: 'ffmpeg' };
    const speak = (words: string[]) => speakTake(speaker, { words }, options);
    const sentence = await speak(SENTENCE.split(' '));
    const alone: TimedTake[] = [];
    for (const word of SENTENCE.split(' ')) alone.push(await speak([word]));
    const onsets = warpedOnsets(sentence, alone);
    const errors = onsets.map((onset, index) =>
      Math.abs(onset - (sentence.words[index]?.startMs ?? 0)),
    );
    expect(Math.max(...errors)).toBeLessThanOrEqual(limitMs);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(40);
  },
);

const HOP_MS = 5;
const WINDOW_MS = 20;
const BANDS = 24;

/** Where the beginnings of the words, spoken alone, lie in the sentence. */
function warpedOnsets(sentence: TimedTake, alone: readonly TimedTake[]): number[] {
  const from = sentence.words[0]?.startMs ?? 0;
  const target = spectra(spokenPart(sentence));
  const starts: number[] = [];
  const reference: Float64Array[] = [];
  for (const word of alone) {
    starts.push(reference.length);
    reference.push(...spectra(spokenPart(word)));
  }
  const path = warp(reference, target);
  return starts.map((start) => from + (path[start] ?? 0) * HOP_MS);
}

function spokenPart({ sound: { samples, sampleRate }, words }: TimedTake): Sound {
  const at = (ms: number) => Math.round((ms * sampleRate) / 1_000);
  return {
    samples: samples.subarray(at(words[0]?.startMs ?? 0), at(words.at(-1)?.endMs ?? 0)),
    sampleRate,
  };
}

/** Log power in bands evenly spaced in mel from 150 Hz to 6 kHz. */
function spectra({ samples, sampleRate }: Sound): Float64Array[] {
  const hop = Math.round((HOP_MS * sampleRate) / 1_000);
  const window = Math.round((WINDOW_MS * sampleRate) / 1_000);
  const waves = Array.from({ length: BANDS }, (_, band) => {
    const mel = 220 + (band * (2_600 - 220)) / (BANDS - 1);
    const step = (2 * Math.PI * 700 * (10 ** (mel / 2_595) - 1)) / sampleRate;
    const hann = (index: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / window);
    return {
      cos: Float64Array.from(
        { length: window },
        (_, index) => Math.cos(step * index) * hann(index),
      ),
      sin: Float64Array.from(
        { length: window },
        (_, index) => Math.sin(step * index) * hann(index),
      ),
    };
  });
  const count = Math.max(1, Math.floor((samples.length - window) / hop));
  return Array.from({ length: count }, (_, frame) =>
    Float64Array.from(waves, ({ cos, sin }) => {
      let re = 0;
      let im = 0;
      for (let index = 0; index < window; index += 1) {
        const sample = samples[frame * hop + index] ?? 0;
        re += sample * (cos[index] ?? 0);
        im += sample * (sin[index] ?? 0);
      }
      return Math.log(re * re + im * im + 1e6);
    }),
  );
}

/** The target frame of each reference frame on the cheapest warping path. */
function warp(reference: readonly Float64Array[], target: readonly Float64Array[]): number[] {
  const rows = reference.length;
  const columns = target.length;
  const costs = new Float64Array(rows * columns).fill(Infinity);
  const cost = (row: number, column: number) =>
    row < 0 || column < 0 ? Infinity : (costs[row * columns + column] ?? Infinity);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const before = Math.min(
        cost(row - 1, column - 1),
        cost(row - 1, column),
        cost(row, column - 1),
      );
      const start = row === 0 && column === 0 ? 0 : before;
      costs[row * columns + column] = start + distance(reference[row], target[column]);
    }
  }
  const path: number[] = [];
  let row = rows - 1;
  let column = columns - 1;
  while (row >= 0 && column >= 0) {
    path[row] = column;
    const diagonal = cost(row - 1, column - 1);
    const up = cost(row - 1, column);
    const left = cost(row, column - 1);
    if (diagonal <= up && diagonal <= left) [row, column] = [row - 1, column - 1];
    else if (up <= left) row -= 1;
    else column -= 1;
  }
  return path;
}

function distance(a: Float64Array | undefined, b: Float64Array | undefined): number {
  let sum = 0;
  for (let band = 0; band < BANDS; band += 1) sum += ((a?.[band] ?? 0) - (b?.[band] ?? 0)) ** 2;
  return Math.sqrt(sum);
}
