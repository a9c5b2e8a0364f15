import { chmod, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ProviderReport } from '@aura/proto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createVoiceActivities } from './create-voice-activities.js';
import { voiceProviders } from './provider-reports.js';
import {
  damaging,
  narrate,
  PROGRAMS,
  request,
  workplace,
  type Workplace,
} from './testing/voices.js';
let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

const TEXT = 'The quick brown fox jumps over the lazy dog.';
const CUT = 'truncate -s $(( $(stat -c %s "$wav") * 6 / 10 )) "$wav"';
const SILENCE = 'size=$(stat -c %s "$wav"); truncate -s 44 "$wav"; truncate -s $size "$wav"';
const LIE = `printf '\\xff\\xff\\xff\\xff' | dd of="$wav" bs=1 seek=40 conv=notrunc status=none`;
const CLIP =
  'ffmpeg -v error -y -i "$wav" -af volume=30dB -c:a pcm_s16le "$wav.x.wav" && mv "$wav.x.wav" "$wav"';
const SHORT =
  'ffmpeg -v error -y -i "$wav" -af atempo=8 -c:a pcm_s16le "$wav.x.wav" && mv "$wav.x.wav" "$wav"';
const LONG =
  'ffmpeg -v error -y -stream_loop 9 -i "$wav" -c:a pcm_s16le "$wav.x.wav" && mv "$wav.x.wav" "$wav"';
const EMPTY = 'truncate -s 44 "$wav"';
const JSON_BODY = `echo '{"error":"quota"}' > "$wav"`;

test.each([
  ['cut off', CUT, 'cut off'],
  ['silent', SILENCE, 'silent'],
  ['clipped', CLIP, 'clipped'],
  ['too short for its text', SHORT, 'too short'],
  ['too long for its text', LONG, 'too long'],
  ['empty', EMPTY, 'the file has 0'],
  ['no sound at all', JSON_BODY, 'not a WAV'],
  ['missing', 'rm "$wav"', 'no file'],
])('a sound that is %s is refused, and published nowhere', async (_name, damage, details) => {
  const flitePath = await damaging(place.folder, 'flite', damage);
  await expect(narrate(place.store, { text: TEXT }, { flitePath })).rejects.toMatchObject({
    code: 'NarrationInvalid',
    details: expect.stringContaining(details),
    entry: { retryable: true },
  });
});

test('a header that lies about the length is repaired', async () => {
  const text = 'This one has a header that lies.';
  const flitePath = await damaging(place.folder, 'flite', LIE);
  const repaired = await narrate(place.store, { text }, { flitePath });
  const other = await workplace();
  const honest = await narrate(other.store, { text });
  await other.remove();
  expect(repaired.narration.audio).toEqual(honest.narration.audio);
});

test('a voice that is far too quiet is brought to the level of the others', async () => {
  const quiet =
    'ffmpeg -v error -y -i "$wav" -af volume=-15dB -c:a pcm_s16le "$wav.x.wav" && mv "$wav.x.wav" "$wav"';
  const flitePath = await damaging(place.folder, 'flite', quiet);
  const { sound } = await narrate(place.store, { text: 'Quiet now.' }, { flitePath });
  expect(Math.max(...sound.samples)).toBeGreaterThan(3_000);
});

test('an espeak-ng that does not mark its words is still timed, by the measured speech', async () => {
  const strip = path.join(place.folder, 'espeak-without-commands');
  await writeFile(strip, '#!/bin/bash\nexec espeak-ng "$@" < <(sed "s/\\x01[0-9]*A//g")\n');
  await chmod(strip, 0o755);
  const text = 'Summer, river, lemon, narrow, ocean.';
  const voice = { voiceId: '', language: 'en-GB' };
  const spread = await narrate(
    place.store,
    { provider: 'espeak-ng', text, voice },
    { espeakPath: strip },
  );
  expect(spread.timings.source).toBe('measured');
  const other = await workplace();
  const told = await narrate(other.store, { provider: 'espeak-ng', text, voice });
  await other.remove();
  const off = told.timings.words.map(({ startMs }, index) =>
    Math.abs(startMs - (spread.timings.words[index]?.startMs ?? 0)),
  );
  expect(Math.max(...off)).toBeLessThanOrEqual(250);
});

test('a missing program is reported and sends the work to the next provider', async () => {
  const gone = { flitePath: '/nowhere/flite', espeakPath: '/nowhere/espeak-ng' };
  for (const [provider, name] of [
    ['flite', 'flite'],
    ['espeak-ng', 'espeak-ng'],
  ] as const) {
    await expect(narrate(place.store, { provider, text: 'Gone.' }, gone)).rejects.toMatchObject({
      code: expect.stringMatching(/^VoiceUnavailable:/),
      message: expect.stringContaining(`${name} is not installed`),
      entry: { retryable: false, fault: 'provider' },
    });
  }
  const reports = local(await voiceProviders({ ...PROGRAMS, ...gone }));
  expect(reports.map(({ usable }) => usable)).toEqual([false, false]);
  expect(reports[0]?.reason).toContain('not installed');
});

test('voices report that they can speak by speaking', async () => {
  const mute = await damaging(place.folder, 'espeak-ng', SILENCE);
  const reports = await voiceProviders({ ...PROGRAMS, espeakPath: mute });
  const [flite, espeak] = local(reports);
  expect(flite).toMatchObject({ name: 'flite', stage: 'voice', usable: true, languages: ['en'] });
  expect(espeak).toMatchObject({ name: 'espeak-ng', usable: false });
  expect(espeak?.reason).toContain('silent');
  expect(espeak?.languages).toEqual(expect.arrayContaining(['de', 'ja', 'ru', 'yue', 'zh']));
});

test('a voice that has spoken for a report is not made to speak for the next', async () => {
  const log = path.join(place.folder, 'asked');
  const flitePath = await damaging(place.folder, 'flite', `echo spoke >> ${log}`);
  const settings = { ...PROGRAMS, flitePath };
  const first = await voiceProviders(settings);
  expect(local(first)[0]).toMatchObject({ name: 'flite', usable: true, reason: '' });
  const spoke = await readFile(log, 'utf8');
  expect(await voiceProviders(settings)).toEqual(first);
  expect(await readFile(log, 'utf8')).toBe(spoke);
  await writeFile(flitePath, '#!/bin/sh\nexit 3\n');
  expect(local(await voiceProviders(settings))[0]).toMatchObject({ usable: false });
});

test('an FFmpeg that is missing, fails, or ends well without its work is noticed', async () => {
  const text = 'Levelled by nobody.';
  for (const [ffmpegPath, code] of [
    ['/nowhere/ffmpeg', 'FFmpegNotFound'],
    ['/bin/false', 'FFmpegFailedExitCode:1'],
    ['/bin/true', 'NarrationInvalid'],
  ] as const) {
    await expect(narrate(place.store, { text }, { ffmpegPath })).rejects.toMatchObject({ code });
  }
});

test('a program that fails is a failure that may be retried', async () => {
  await expect(
    narrate(place.store, { text: TEXT }, { flitePath: '/bin/false' }),
  ).rejects.toMatchObject({ code: 'VoiceFailed', entry: { retryable: true } });
});

test('cancellation ends the voice program with its children and is thrown as itself', async () => {
  const slow = path.join(place.folder, 'slow-flite');
  const pids = path.join(place.folder, 'pids');
  const script = `#!/bin/bash
case "$1" in --version) exec flite "$@";; esac
sleep 300 & echo $$ $! > ${pids}.tmp; mv ${pids}.tmp ${pids}; wait`;
  await writeFile(slow, script);
  await chmod(slow, 0o755);
  const voices = createVoiceActivities({ store: place.store, ...PROGRAMS, flitePath: slow });
  const activity = new MockActivityEnvironment();
  const work = activity.run(() => voices.narrateScene(request({ text: 'Never spoken.' })));
  const outcome = work.catch((error: unknown) => error);
  const running = await fileText(pids);
  activity.cancel('CANCELLED');
  expect(await outcome).toMatchObject({ name: 'CancelledFailure' });
  for (const pid of running.trim().split(' ')) expect(await isAlive(Number(pid))).toBe(false);
});

function local(reports: readonly ProviderReport[]): ProviderReport[] {
  return reports.filter(({ name }) => name === 'flite' || name === 'espeak-ng');
}

async function fileText(file: string): Promise<string> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (text !== '') return text;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${file} was not written`);
}

/** A zombie waits for a parent that does not come, but runs no more. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) Z /u.test(stat);
}
