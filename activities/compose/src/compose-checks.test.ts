import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { composeChecks } from './compose-checks.js';
import { filmKit, standIn, type FilmKit } from './testing/film-kit.js';

let kit: FilmKit;
beforeAll(async () => {
  kit = await filmKit();
});
afterAll(() => kit.remove());

test('a machine with everything is healthy and says which versions it has', async () => {
  expect(await composeChecks({ ffmpegPath: 'ffmpeg', ffprobePath: 'ffprobe' })).toEqual([
    { name: 'ffmpeg', status: 'Healthy', detail: expect.stringMatching(/^ffmpeg \d/) },
    { name: 'ffprobe', status: 'Healthy', detail: expect.stringMatching(/^ffprobe \d/) },
    { name: 'Encoders', status: 'Healthy', detail: expect.stringContaining('libx264 ') },
  ]);
});

test('an FFmpeg that has shown what it can is not made to show it again', async () => {
  const log = path.join(kit.folder, 'asked');
  const script = `echo "$*" >> '${log}'; exec ffmpeg "$@"`;
  const ffmpegPath = await standIn(kit, 'is watched', script);
  const first = await composeChecks({ ffmpegPath, ffprobePath: 'ffprobe' });
  expect((await readFile(log, 'utf8')).trim().split('\n').length).toBeGreaterThan(2);
  await rm(log);
  expect(await composeChecks({ ffmpegPath, ffprobePath: 'ffprobe' })).toEqual(first);
  await expect(readFile(log)).rejects.toMatchObject({ code: 'ENOENT' });
  await standIn(kit, 'is watched', 'echo "cannot be loaded" >&2; exit 127');
  const [broken] = await composeChecks({ ffmpegPath, ffprobePath: 'ffprobe' });
  expect(broken).toMatchObject({ status: 'Unhealthy' });
});

test('an encoder that only some films need is missed by those alone', async () => {
  const script = `case "$*" in *-encoders*) ffmpeg "$@" | grep -v libsvtav1;; *) exec ffmpeg "$@";; esac`;
  const ffmpegPath = await standIn(kit, 'has no AV1', script);
  const checks = await composeChecks({ ffmpegPath, ffprobePath: 'ffprobe' });
  const encoders = checks.find(({ name }) => name === 'Encoders');
  expect(encoders?.detail).toContain('libx265');
  expect(encoders?.detail).not.toContain('libsvtav1');
});

test('a program that does not answer in time is degraded, not missing', async () => {
  const slow = await standIn(kit, 'is slow', 'exec sleep 60');
  const request = { ffmpegPath: slow, ffprobePath: slow, timeoutMs: 200 };
  const checks = await composeChecks(request);
  expect(checks.map(({ status }) => status)).toEqual(['Degraded', 'Degraded']);
  expect(checks[0]?.detail).toContain('not answered in time');
});

test('programs that are not there are unhealthy', async () => {
  const checks = await composeChecks({
    ffmpegPath: '/nonexistent/a',
    ffprobePath: '/nonexistent/b',
  });
  expect(checks.map(({ status }) => status)).toEqual(['Unhealthy', 'Unhealthy']);
  expect(checks[0]?.detail).toContain('not installed');
});

test.each([
  ['lacks a filter', 'ffmpeg "$@" | grep -v " perspective "', 'has no perspective'],
  ['lacks an encoder', 'ffmpeg "$@" | grep -v libx264', 'has no libx264'],
  [
    'lists what it cannot use',
    'case "$*" in *perspective*) echo "broken" >&2; exit 1;; esac; exec ffmpeg "$@"',
    'broken',
  ],
  ['is another program', 'echo hello', 'does not say its version'],
])('an FFmpeg that %s is unhealthy', async (what, script, reason) => {
  const ffmpegPath = await standIn(kit, what, script);
  const [ffmpeg] = await composeChecks({ ffmpegPath, ffprobePath: 'ffprobe' });
  expect(ffmpeg).toMatchObject({ status: 'Unhealthy', detail: expect.stringContaining(reason) });
});
