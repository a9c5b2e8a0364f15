import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { babble, filmKit, narration, type FilmKit } from '../testing/film-kit.js';
import { writeNarrationTrack, type PlacedSound } from './narration-track.js';

let kit: FilmKit;
beforeAll(async () => {
  kit = await filmKit();
});
afterAll(() => kit.remove());

test('every narration lies at its sample, silence is silent, the length is exact', async () => {
  const track = await write(
    [await placed(tone(48_000), 1_234), await placed(tone(20_001), 70_000)],
    100_007,
  );
  expect(track.length).toBe(2 * 100_007);
  expect(firstHeard(track, 0)).toBe(1_234 + 1);
  expect(firstHeard(track, 49_300)).toBe(70_000 + 1);
  expect(isSilent(track, 49_234, 70_000)).toBe(true);
  expect(isSilent(track, 90_001, 100_007)).toBe(true);
  expect(track.readInt16LE(2 * (1_234 + 20_000))).toBe(8_000);
});

test('a narration cut in the middle of a wave fades within 5 ms and is untouched between', async () => {
  const track = await write([await placed(tone(4_800), 0)], 4_800);
  const level = (sample: number) => track.readInt16LE(2 * sample);
  expect(level(0)).toBe(0);
  expect(level(120)).toBe(4_000);
  expect(level(240)).toBe(8_000);
  expect(level(4_559)).toBe(8_000);
  expect(level(4_679)).toBe(4_000);
  expect(level(4_799)).toBe(0);
});

test('narrations may touch, but neither overlap nor outlast the film', async () => {
  const [a, b] = [await placed(tone(1_000), 0), await placed(tone(1_000), 1_000)];
  await write([a, b], 2_000);
  await expect(write([a, { ...b, startSample: 999 }], 2_000)).rejects.toMatchObject({
    code: 'FilmInvalid:timeline',
  });
  await expect(write([a, b], 1_999)).rejects.toMatchObject({ code: 'FilmInvalid:timeline' });
});

test('a cut file, another rate and no sound at all are refused', async () => {
  const cut = await placed(babble(500), 0);
  const copy = path.join(kit.folder, 'cut.wav');
  await writeFile(copy, await readFile(cut.file));
  await truncate(copy, 20_000);
  const fast = path.join(kit.folder, 'fast.wav');
  const bytes = await readFile(cut.file);
  bytes.writeUInt32LE(44_100, 24);
  await writeFile(fast, bytes);
  const text = path.join(kit.folder, 'text.wav');
  await writeFile(text, 'not a sound');
  for (const file of [copy, fast, text]) {
    await expect(write([{ ...cut, file }], 48_000)).rejects.toMatchObject({
      code: 'NarrationInvalid',
    });
  }
});

async function write(sounds: PlacedSound[], samples: number): Promise<Buffer> {
  const file = path.join(kit.folder, 'track.pcm');
  await writeNarrationTrack(file, sounds, samples);
  return readFile(file);
}

async function placed(samples: Buffer, startSample: number): Promise<PlacedSound> {
  const { audio } = await narration(kit, samples, []);
  return { sceneId: 's01', file: await kit.store.localPath(audio), startSample };
}

/** A constant: every sample shows what was done to it. */
function tone(samples: number): Buffer {
  return Buffer.from(new Int16Array(samples).fill(8_000).buffer);
}

function firstHeard(track: Buffer, from: number): number {
  for (let sample = from; sample < track.length / 2; sample += 1) {
    if (track.readInt16LE(2 * sample) !== 0) return sample;
  }
  return -1;
}

function isSilent(track: Buffer, from: number, to: number): boolean {
  return track.subarray(2 * from, 2 * to).every((byte) => byte === 0);
}
