import { afterAll, beforeAll, expect, test } from 'vitest';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runFfmpeg } from '@aura/media';
import { filmKit, type FilmKit } from '../testing/film-kit.js';
import { checkJoints } from './check-joints.js';
import { decodeSound } from './decode-sound.js';
import { listenTo } from './find-loop.js';
import { pieceFor } from './music-library.js';
import { sourceOfFile } from './sample-source.js';
import { formatOfHead } from './sniff-sound.js';

const RATE = 48_000;
const BEAT = RATE / 2;

let kit: FilmKit;
let wav: string;
beforeAll(async () => {
  kit = await filmKit();
  wav = path.join(kit.folder, 'own.wav');
  await writeFile(path.join(kit.folder, 'own.pcm'), beating(11.3));
  const raw = ['-f', 's16le', '-ar', '48000', '-ac', '2', '-i', path.join(kit.folder, 'own.pcm')];
  await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...raw, wav]);
});
afterAll(() => kit.remove());

const tools = () => ({ ffmpegPath: 'ffmpeg', folder: kit.folder, signal: undefined });

test.each([
  ['mp3', ['-c:a', 'libmp3lame']],
  ['flac', ['-c:a', 'flac']],
  ['ogg', ['-c:a', 'libvorbis']],
  ['opus', ['-c:a', 'libopus']],
  ['m4a', ['-c:a', 'aac']],
  ['wav', ['-c:a', 'pcm_s24le', '-ar', '44100', '-ac', '1']],
])('music as %s is read by its content, whatever its name', async (ending, codec) => {
  const coded = path.join(kit.folder, `coded.${ending}`);
  await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', wav, ...codec, coded]);
  const source = path.join(kit.folder, 'upload');
  await writeFile(source, await readFile(coded));
  const order = { source, output: 'decoded.pcm', maxSamples: 60 * RATE };
  const { samples } = await decodeSound(tools(), order);
  expect(Math.abs(samples / RATE - 11.3)).toBeLessThan(0.1);
});

test('what holds no sound is refused with a code that says whose file it is', async () => {
  const source = path.join(kit.folder, 'broken');
  const order = { source, output: 'decoded.pcm', maxSamples: RATE };
  for (const bytes of [Buffer.from('#EXTM3U\nfile:///etc/passwd\n'), Buffer.from('fLaC broken')]) {
    await writeFile(source, bytes);
    await expect(decodeSound(tools(), order)).rejects.toMatchObject({ code: 'AssetInvalid' });
  }
  expect(formatOfHead(Buffer.from('ffconcat version 1.0'))).toBeUndefined();
});

test('music that is too short goes round at its own bars, on the beat and without a click', async () => {
  const raw = await decodeSound(tools(), {
    source: wav,
    output: 'loop.pcm',
    maxSamples: 60 * RATE,
  });
  const handle = await open(raw.file, 'r');
  try {
    const { loop } = await listenTo(handle, raw);
    if (!loop) throw new Error('no loop was found');
    const bars = (loop.to - loop.from) / (4 * BEAT);
    expect(Math.abs(bars - Math.round(bars))).toBeLessThan(0.01);
    const source = sourceOfFile(handle, raw, loop);
    const samples = 25 * RATE;
    const [left, right] = [new Float32Array(samples), new Float32Array(samples)];
    await source.read(left, right);
    const pieces = new Int16Array(2 * samples);
    left.forEach((value, index) => {
      pieces[2 * index] = value * 32_767;
      pieces[2 * index + 1] = (right[index] ?? 0) * 32_767;
    });
    const file = path.join(kit.folder, 'looped.pcm');
    await writeFile(file, Buffer.from(pieces.buffer));
    const joints = [loop.to, loop.to + loop.fadeSamples];
    await checkJoints({ file, joints, covered: [{ from: 0, to: samples }] });
    for (let beat = 1; beat < 46; beat += 1) {
      expect(loudestNear(left, beat * BEAT)).toBeLessThan(0.03 * RATE);
    }
  } finally {
    await handle.close();
  }
});

test('a click and a hole in the mix are found where they are', async () => {
  const file = path.join(kit.folder, 'mix.pcm');
  const mix = beating(3, 0.3);
  const whole = { file, joints: [RATE], covered: [{ from: 0, to: 3 * RATE }] };
  await writeFile(file, mix);
  await checkJoints(whole);
  mix.writeInt16LE(25_000, 4 * RATE);
  await writeFile(file, mix);
  await expect(checkJoints(whole)).rejects.toMatchObject({ code: 'FilmInvalid:click' });
  const early = beating(3, 0.3);
  early.writeInt16LE(25_000, 4 * 300);
  await writeFile(file, early);
  await expect(checkJoints({ ...whole, joints: [300] })).rejects.toMatchObject({
    code: 'FilmInvalid:click',
  });
  await writeFile(file, beating(3, 0.3).fill(0, 4 * RATE, 4 * RATE + 4 * 12_000));
  await expect(checkJoints({ ...whole, joints: [] })).rejects.toMatchObject({
    code: 'FilmInvalid:gap',
  });
});

test('the library gives a piece of the mood, always the same one for the same film', async () => {
  const folder = path.join(kit.folder, 'library');
  await mkdir(path.join(folder, 'calm'), { recursive: true });
  for (const name of ['a.mp3', 'b.flac', 'c.ogg', 'cover.jpg']) {
    await writeFile(path.join(folder, 'calm', name), name);
  }
  const sound = { ...MUSIC, mood: 'calm' };
  const first = await pieceFor(sound, folder, 'one film');
  expect(await pieceFor(sound, folder, 'one film')).toEqual(first);
  const chosen = new Set<string>();
  for (let film = 0; film < 30; film += 1) {
    chosen.add(path.basename((await pieceFor(sound, folder, `film ${film}`))?.file ?? ''));
  }
  expect([...chosen].toSorted()).toEqual(['a.mp3', 'b.flac', 'c.ogg']);
  expect(await pieceFor({ ...sound, mood: 'upbeat' }, folder, 'x')).toBeUndefined();
  expect(await pieceFor({ ...sound, mood: '..' }, folder, 'x')).toBeUndefined();
  expect(await pieceFor({ ...sound, kind: 'effect' }, folder, 'x')).toBeUndefined();
});

const MUSIC = {
  kind: 'music',
  start: 0,
  frames: 1,
  mood: '',
  gainDb: 0,
  fadeIn: 0,
  fadeOut: 0,
  duck: true,
  loop: true,
};

/** A stroke on every beat of 120 a minute over a held tone: raw stereo. */
function beating(seconds: number, strokes = 1): Buffer {
  const samples = new Int16Array(2 * Math.round(seconds * RATE));
  for (let index = 0; index < samples.length / 2; index += 1) {
    const since = index % BEAT;
    const stroke = strokes * 14_000 * Math.exp(-since / 2_000) * Math.sin(since * 0.05);
    const held = 2_000 * Math.sin(index * 0.02);
    samples[2 * index] = stroke + held;
    samples[2 * index + 1] = stroke + held;
  }
  return Buffer.from(samples.buffer);
}

/** How far from a place the loudest sample of the half second around it is. */
function loudestNear(samples: Float32Array, place: number): number {
  let best = { at: place, level: 0 };
  for (let at = place - BEAT / 2; at < place + BEAT / 2; at += 1) {
    const value = samples[at] ?? 0;
    const level = value < 0 ? -value : value;
    if (level > best.level) best = { at, level };
  }
  return best.at < place ? place - best.at : best.at - place;
}
