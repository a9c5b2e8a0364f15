import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { samplesOf, type RenderSpec, type Sound, type SoundStyle } from '@aura/proto';
import {
  babble,
  ffmpegOutput,
  filmKit,
  narration,
  SMALL,
  speech,
  type FilmKit,
} from '../testing/film-kit.js';
import { denoised, hearNoise } from './denoise.js';
import { makeSound, type FilmSoundOrder } from './make-sound.js';
import { UNREADABLE } from './music-library.js';
import type { PlacedSound } from './narration-track.js';

const RATE = 48_000;
/** Until the voice has spoken. */
const SPOKEN = 12 * RATE;
const MUSIC: Sound = {
  kind: 'music',
  start: 0,
  frames: 25 * 16,
  mood: 'calm',
  gainDb: 0,
  fadeIn: 0,
  fadeOut: 0,
  duck: true,
  loop: true,
};

let kit: FilmKit;
let voice: PlacedSound;
beforeAll(async () => {
  kit = await filmKit();
  const { audio } = await narration(kit, babble(5_000), []);
  voice = { sceneId: 's01', file: await kit.store.localPath(audio), startSample: 6 * RATE };
});
afterAll(() => kit.remove());

test('music is heard before and after the speech, 20 dB below under it, and the film is as loud as it must be', async () => {
  const { heard, samples } = await made({ sounds: [MUSIC] });
  expect(Math.abs(heard.loudnessLufs + 14)).toBeLessThanOrEqual(0.5);
  expect(heard.truePeakDbtp).toBeLessThanOrEqual(-1);
  const alone = await made({ sounds: [] });
  const level = (of: Float32Array, from: number, to: number) =>
    20 * Math.log10(rms(of.subarray(from * RATE, to * RATE)) + 1e-9);
  const [under, spoken] = [samples, alone.samples].map((of) =>
    of.subarray(7 * RATE, 10 * RATE),
  ) as [Float32Array, Float32Array];
  expect(level(samples, 1, 5)).toBeGreaterThan(-45);
  expect(level(samples, 13, 15)).toBeGreaterThan(-50);
  expect(20 * Math.log10(rms(without(under, spoken).rest) / rms(under))).toBeLessThan(-18);
  expect(level(samples, 7, 10)).toBeGreaterThan(level(samples, 1, 5) + 5);
  expect(level(samples, 15.98, 16)).toBeLessThan(-50);
});

test('the speech begins at its sample, with music and without', async () => {
  for (const sounds of [[], [{ ...MUSIC, kind: 'ambience', mood: 'room', gainDb: -40 }]]) {
    const { samples } = await made({ sounds, samples: SPOKEN });
    const onset = samples.findIndex((value) => value > 0.02 || value < -0.02);
    expect(Math.abs(onset - voice.startSample)).toBeLessThan(0.01 * RATE);
  }
});

test('ambience and an effect are heard where they are, for as long as they are', async () => {
  const wind: Sound = { ...MUSIC, kind: 'ambience', mood: 'wind', start: 25, frames: 75 };
  const chime: Sound = { ...MUSIC, kind: 'effect', mood: 'chime', start: 325, frames: 50 };
  const { samples } = await made({ sounds: [wind, chime].map((one) => ({ ...one, duck: false })) });
  const loud = (from: number, to: number) => rms(samples.subarray(from * RATE, to * RATE));
  expect(loud(0, 0.9)).toBeLessThan(1e-4);
  expect(loud(2, 3)).toBeGreaterThan(5e-4);
  expect(loud(4.2, 5.8)).toBeLessThan(1e-4);
  expect(loud(12, 12.9)).toBeLessThan(1e-4);
  expect(loud(13, 13.5)).toBeGreaterThan(5e-3);
});

test('a sound that is hardly more than nothing is no gap, and many effects until the end are not too many at once', async () => {
  const frames = 25 * 10;
  const faint: Sound = { ...MUSIC, kind: 'ambience', mood: 'room', gainDb: -60, frames };
  const ticks = Array.from({ length: 10 }, (_, at): Sound => {
    return { ...MUSIC, kind: 'effect', mood: 'tick', start: 5 * at, frames: frames - 5 * at };
  });
  const { samples } = await made({
    sounds: [faint, ...ticks],
    narrations: [],
    samples: 10 * RATE,
  });
  expect(rms(samples.subarray(0, 2 * RATE))).toBeGreaterThan(1e-3);
});

test('one side on request, and the loudness of the platform or of the order', async () => {
  const podcast = await made({
    render: { ...SMALL, platform: 'podcast' },
    style: { mono: true },
    samples: SPOKEN,
  });
  expect(podcast.heard).toMatchObject({ channels: 1, targetLufs: -16 });
  expect(Math.abs(podcast.heard.loudnessLufs + 16)).toBeLessThanOrEqual(0.5);
  const broadcast = await made({ style: { loudnessLufs: -23 }, samples: SPOKEN });
  expect(Math.abs(broadcast.heard.loudnessLufs + 23)).toBeLessThanOrEqual(0.5);
});

test('what the library holds and cannot be read is replaced, and told', async () => {
  await mkdir(path.join(kit.folder, 'calm'), { recursive: true });
  const file = path.join(kit.folder, 'calm', 'broken.mp3');
  await writeFile(file, 'no music at all');
  const missing = { file: path.join(kit.folder, 'calm', 'gone.mp3'), sha256: UNREADABLE };
  for (const piece of [{ file, sha256: 'x' }, missing]) {
    const { heard } = await made({
      sounds: [MUSIC],
      pieces: [piece],
      narrations: [],
      samples: 5 * RATE,
    });
    expect(heard.warnings).toMatchObject([{ code: 'MusicReplaced', stage: 'compose' }]);
  }
});

test('noise is taken out of no file that is not a narration', async () => {
  const file = path.join(kit.folder, 'no-narration.wav');
  await writeFile(file, 'no sound at all');
  const noisy = made({ style: { denoise: true }, narrations: [{ ...voice, file }] });
  await expect(noisy).rejects.toMatchObject({ code: 'NarrationInvalid' });
});

test('noise in a narration goes down by 20 dB, and the voice stays where it is and what it is', async () => {
  const { audio } = await speech(kit, ['Coffee began as a wild plant.', 'Goats ate of it.']);
  const clean = (await readFile(await kit.store.localPath(audio))).subarray(44);
  const noisy = withNoise(clean, 1_500);
  const source = await kit.store.localPath((await narration(kit, noisy, [])).audio);
  const tools = { ffmpegPath: 'ffmpeg', folder: kit.folder, signal: undefined };
  const file = await denoised(tools, source, 'clean.wav');
  const after = (await readFile(file)).subarray(44);
  expect(after.length).toBe(noisy.length);
  const [before, now] = [await hearNoise(source), await hearNoise(file)];
  expect(now.floorDb).toBeLessThan(before.floorDb - 20);
  const voice = samplesIn(clean);
  const gainDb = snrDb(voice, samplesIn(after)) - snrDb(voice, samplesIn(noisy));
  expect(gainDb).toBeGreaterThan(6);
});

test.each([
  ['30', 30, 1],
  ['29.97', 30_000, 1_001],
  ['23.976', 24_000, 1_001],
])(
  'after half an hour at %s pictures a second no place is off by a sample',
  (_name, numerator, denominator) => {
    const rate = { numerator, denominator };
    const frames = Math.round((1_800 * numerator) / denominator);
    for (const frame of [1, 1_001, frames - 1, frames]) {
      const exact = (frame * denominator * RATE) / numerator;
      expect(Math.abs(samplesOf(frame, rate, RATE) - exact)).toBeLessThanOrEqual(0.5);
    }
  },
);

async function made(
  changes: Partial<Omit<FilmSoundOrder, 'style'>> & {
    style?: Partial<SoundStyle>;
    render?: RenderSpec;
  },
) {
  const style = { effects: [], loudnessLufs: 0, mono: false, denoise: false, ...changes.style };
  const heard = await makeSound(
    kit.store,
    { ffmpegPath: 'ffmpeg', folder: kit.folder, signal: undefined },
    {
      render: SMALL,
      narrations: [voice],
      sounds: [],
      pieces: [],
      samples: 16 * RATE,
      seed: 'a film',
      output: 'sound.mp4',
      ...changes,
      style,
    },
  );
  const input = ['-i', path.join(kit.folder, 'sound.mp4'), '-ac', '1', '-f', 's16le'];
  return { heard, samples: samplesIn(await ffmpegOutput(kit, input)) };
}

function samplesIn(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: Math.floor(bytes.length / 2) }, (_, index) => {
    return bytes.readInt16LE(2 * index) / 32_768;
  });
}

function rms(samples: Float32Array): number {
  let sum = 0;
  for (const value of samples) sum += value * value;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

function withNoise(samples: Buffer, height: number): Buffer {
  const noisy = Buffer.from(samples);
  let state = 1;
  for (let at = 0; at < noisy.length; at += 2) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const value = noisy.readInt16LE(at) + (height * state) / 2_147_483_648;
    noisy.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(value))), at);
  }
  return noisy;
}

/** How far what is not the voice lies below it. */
function snrDb(voice: Float32Array, heard: Float32Array): number {
  const { scale, rest } = without(heard, voice);
  return 20 * Math.log10((scale * rms(voice)) / rms(rest));
}

/** What is left of a sound without another that is in it, and how loud that one is in it. */
function without(heard: Float32Array, part: Float32Array) {
  let [both, own] = [0, 0];
  heard.forEach((value, index) => {
    both += value * (part[index] ?? 0);
    own += (part[index] ?? 0) ** 2;
  });
  const scale = both / own;
  return { scale, rest: heard.map((value, index) => value - scale * (part[index] ?? 0)) };
}
