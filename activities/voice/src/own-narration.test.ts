import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BlobRef } from '@aura/proto';
import { loudnessLufs } from './sound/loudness.js';
import { JOB, narrate, workplace, type Workplace } from './testing/voices.js';
let place: Workplace;
let spoken: string;
beforeAll(async () => {
  place = await workplace();
  spoken = path.join(place.folder, 'spoken.wav');
  await promisify(execFile)('flite', ['-voice', 'slt', '-t', 'The sea is never quiet.', spoken]);
});
afterAll(() => place.remove());

const RECORDED = { provider: 'own', text: '', sceneId: 'n01' };

/** The same words as a file of another kind. */
async function recorded(name: string, mediaType: string, ...options: string[]): Promise<BlobRef> {
  const file = path.join(place.folder, name);
  const source = ['-v', 'error', '-y', '-i', spoken];
  await promisify(execFile)('ffmpeg', [...source, ...options, file]);
  return place.store.putFile(file, mediaType);
}

const KINDS: [name: string, mediaType: string, ...options: string[]][] = [
  ['a.wav', 'audio/wav', '-c:a', 'pcm_s24le', '-ar', '44100', '-ac', '2'],
  ['a.mp3', 'audio/mpeg', '-b:a', '128k'],
  ['a.flac', 'audio/flac'],
  ['a.ogg', 'audio/ogg', '-c:a', 'libopus'],
  ['a.m4a', 'audio/mp4', '-c:a', 'aac'],
];

test('a recording of each kind that can be uploaded is heard whole, as loud as speech, and has no words', async () => {
  const spokenMs = ((await readFile(spoken)).length - 44) / 32;
  for (const [name, mediaType, ...options] of KINDS) {
    const audio = await recorded(name, mediaType, ...options);
    const { narration, sound, timings } = await narrate(place.store, { ...RECORDED, audio });
    expect(narration).toMatchObject({ provider: 'own', warnings: [] });
    expect(sound.samples).toHaveLength(narration.durationMs * 48);
    expect(narration.durationMs).toBeGreaterThan(spokenMs - 5);
    expect(narration.durationMs).toBeLessThan(spokenMs + 120);
    expect(Math.abs(loudnessLufs(sound) + 22)).toBeLessThan(0.5);
    expect(timings.words).toEqual([]);
  }
});

test('a recording with a picture in it is heard like any other', async () => {
  const cover = ['-f', 'lavfi', '-i', 'color=red:s=64x64:d=1', '-map', '0:a', '-map', '1:v'];
  const attached = ['-frames:v', '1', '-c:v', 'png', '-disposition:v', 'attached_pic'];
  const audio = await recorded('cover.mp3', 'audio/mpeg', ...cover, ...attached);
  const { narration } = await narrate(place.store, { ...RECORDED, audio });
  expect(narration.durationMs).toBeGreaterThan(1_000);
});

test('one that does not fit its place is refused, and equal bytes are made ready once', async () => {
  const audio = await recorded('b.flac', 'audio/flac');
  const { narration } = await narrate(place.store, { ...RECORDED, audio });
  const late = { ...RECORDED, audio, sceneId: 'n09', job: { ...JOB, videoId: 'v2' } };
  const maxMs = narration.durationMs;
  expect((await narrate(place.store, { ...late, maxMs })).narration).toEqual(narration);
  await expect(narrate(place.store, { ...late, maxMs: maxMs - 1 })).rejects.toMatchObject({
    code: 'NarrationTooLong',
  });
});

test('a recording that was cut to its frames fits them, though they are no whole milliseconds', async () => {
  // 30 frames at 23.976 pictures a second are 1251.25 ms.
  const cut = ['-af', 'aresample=48000,atrim=end_sample=60060'];
  const audio = await recorded('d.wav', 'audio/wav', ...cut);
  const { narration } = await narrate(place.store, { ...RECORDED, audio, maxMs: 1_251 });
  expect(narration.durationMs).toBe(1_251);
});

test('what is cut off, promises more than there is, is silent, or is something else, is refused', async () => {
  const whole = await readFile(spoken);
  const promising = Buffer.from(whole);
  promising.writeUInt32LE(0xffffffff, 40);
  const silent = Buffer.concat([whole.subarray(0, 44), Buffer.alloc(whole.length - 44)]);
  const flac = await readFile(await place.store.localPath(await recorded('c.flac', 'audio/flac')));
  const m4a = await readFile(
    await place.store.localPath(await recorded('c.m4a', 'audio/mp4', '-c:a', 'aac')),
  );
  const bad: [Buffer, string][] = [
    [whole.subarray(0, whole.length / 2), 'audio/wav'],
    [promising, 'audio/wav'],
    [silent, 'audio/wav'],
    [flac.subarray(0, flac.length / 2), 'audio/flac'],
    [m4a.subarray(0, m4a.length / 2), 'audio/mp4'],
    [Buffer.from('#EXTM3U\nhttp://127.0.0.1/a.ts\n'), 'audio/mpeg'],
    [whole, 'video/mp4'],
  ];
  for (const [at, [bytes, mediaType]] of bad.entries()) {
    const file = path.join(place.folder, `bad-${at}`);
    await writeFile(file, bytes);
    const audio = await place.store.putFile(file, mediaType);
    await expect(narrate(place.store, { ...RECORDED, audio })).rejects.toMatchObject({
      code: 'AssetInvalid',
    });
  }
});
