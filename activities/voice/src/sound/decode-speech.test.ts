import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROGRAMS } from '../testing/voices.js';
import { decodeSpeech } from './decode-speech.js';
import { couldBeSamples, soundKind } from './sniff-sound.js';
import { durationMsOf } from './wav.js';

let folder: string;
let wav: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'aura-decode-'));
  wav = path.join(folder, 'speech.wav');
  execFileSync(PROGRAMS.flitePath, [
    '-voice',
    'slt',
    '-t',
    'Every summer people travel to the coast.',
    '-o',
    wav,
  ]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The same speech in another form, under a name that says nothing. */
function inForm(name: string, ...args: string[]): string {
  const file = path.join(folder, name);
  execFileSync(PROGRAMS.ffmpegPath, ['-v', 'error', '-y', '-i', wav, ...args, `file:${file}`]);
  return file;
}

const decode = (file: string, over: { longestMs?: number; pcmRate?: number } = {}) =>
  decodeSpeech(file, { ffmpegPath: 'ffmpeg', scratch: folder, longestMs: 30_000, ...over });

test.each([
  ['mp3', ['-f', 'mp3', '-ar', '44100']],
  ['mp3 with a tag and a picture', ['-f', 'mp3', '-metadata', 'title=x', '-id3v2_version', '3']],
  ['opus', ['-f', 'ogg', '-c:a', 'libopus']],
  ['vorbis', ['-f', 'ogg', '-c:a', 'libvorbis']],
  ['flac', ['-f', 'flac']],
  ['stereo wav', ['-f', 'wav', '-ac', '2', '-ar', '22050']],
  ['float wav', ['-f', 'wav', '-c:a', 'pcm_f32le']],
])('%s is known by its content and becomes mono at 48 kHz', async (name, args) => {
  const sound = await decode(inForm(`${name.replaceAll(' ', '-')}.txt`, ...args));
  const original = await decode(wav);
  expect(sound.sampleRate).toBe(48_000);
  // An encoder may pad by its frames.
  expect(Math.abs(durationMsOf(sound) - durationMsOf(original))).toBeLessThan(80);
});

test('raw samples are read at the rate that was asked for', async () => {
  const raw = inForm('raw', '-f', 's16le', '-ar', '24000', '-ac', '1');
  const sound = await decode(raw, { pcmRate: 24_000 });
  expect(Math.abs(durationMsOf(sound) - durationMsOf(await decode(wav)))).toBeLessThan(5);
  await expect(decode(raw)).rejects.toMatchObject({ code: 'NarrationInvalid' });
  await writeFile(raw, (await readFile(raw)).subarray(1));
  await expect(decode(raw, { pcmRate: 24_000 })).rejects.toMatchObject({
    code: 'NarrationInvalid',
  });
});

test('a WAV that a server streamed, with no length in its header, is read to its end', async () => {
  const bytes = await readFile(wav);
  bytes.writeUInt32LE(0xffffffff, 4);
  bytes.writeUInt32LE(0xffffffff, bytes.indexOf('data') + 4);
  const streamed = path.join(folder, 'streamed');
  await writeFile(streamed, bytes);
  expect(await decode(streamed)).toEqual(await decode(wav));
});

const HOSTILE: [string, () => Promise<Buffer> | Buffer][] = [
  ['a WAV that was cut off', async () => (await readFile(wav)).subarray(0, 20_000)],
  ['an empty file', () => Buffer.alloc(0)],
  ['an error message', () => Buffer.from('{"detail":{"status":"quota_exceeded"}}')],
  ['a page', () => Buffer.from('<!doctype html><title>Sign in</title>'.repeat(20))],
  ['a playlist', () => Buffer.from('#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n')],
  ['a concat script', () => Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n")],
  [
    'an MP3 in name only',
    () => Buffer.concat([Buffer.from('ID3\u0004\0\0\0\0\0\0', 'latin1'), Buffer.alloc(5_000)]),
  ],
  ['an Ogg in name only', () => Buffer.concat([Buffer.from('OggS'), Buffer.alloc(5_000, 7)])],
  [
    'a film in an Ogg',
    () =>
      readFile(
        inForm(
          'film.ogv',
          '-f',
          'lavfi',
          '-i',
          'testsrc=d=1:s=64x64',
          '-map',
          '1:v',
          '-c:v',
          'libtheora',
          '-f',
          'ogg',
        ),
      ),
  ],
  ['noise', () => Buffer.from(Array.from({ length: 9_000 }, (_, index) => (index * 7_919) % 251))],
];

test.each(HOSTILE)('%s is no narration', async (name, make) => {
  const file = path.join(folder, name.replaceAll(' ', '-'));
  await writeFile(file, await make());
  await expect(decode(file)).rejects.toMatchObject({ code: 'NarrationInvalid' });
});

test('a small file that holds hours is not decoded to its end', async () => {
  const bomb = path.join(folder, 'bomb');
  const silence = 'anullsrc=r=8000:cl=mono:d=10800';
  execFileSync(PROGRAMS.ffmpegPath, [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    silence,
    '-f',
    'flac',
    `file:${bomb}`,
  ]);
  expect((await stat(bomb)).size).toBeLessThan(3_000_000);
  const sound = await decode(bomb, { longestMs: 10_000 });
  expect(durationMsOf(sound)).toBeLessThanOrEqual(10_000);
});

test('what a sound is follows from its first bytes', () => {
  expect(soundKind(Buffer.from('RIFF....AVI LIST'))).toBeUndefined();
  expect(soundKind(Buffer.from([0xff, 0xfb, 0x90, 0x00]))).toBe('mp3');
  // AAC has the same sync and another layer.
  expect(soundKind(Buffer.from([0xff, 0xf1, 0x50, 0x80]))).toBeUndefined();
  expect(couldBeSamples(Buffer.from('Internal Server Error'))).toBe(false);
  expect(couldBeSamples(Buffer.alloc(100))).toBe(true);
});
