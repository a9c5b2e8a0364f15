import { afterAll, beforeAll, expect, test } from '@jest/globals';
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
  ]);
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
