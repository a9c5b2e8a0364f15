import { afterAll, beforeAll, expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { env } from 'node:process';
import path from 'node:path';
import {
  encodingOf,
  type Film,
  type FilmStyle,
  type Segment,
  type Shot,
  type Sound,
} from '@aura/proto';
import { runningActivity } from '@aura/work';
import { createComposeActivities } from './compose-activities.js';
import {
  filmKit,
  JOB,
  leftInScratch,
  standIn,
  twoShots,
  waitFor,
  type FilmKit,
} from './testing/film-kit.js';

/**
 * Every program that makes a film is stopped in the middle of its work, and then the work is canceled or the program
 * killed: nothing of it stays, and the next attempt makes the film of the parts that are there.
 */
let kit: FilmKit;
let shots: Shot[];
let programs: { ffmpegPath: string; ffprobePath: string };

/** By default without what costs most: words that stand out, music, and clean voices. */
const isLong = env['AURA_TEST_SCALE'] === 'long';
const TINY = { widthPx: 128, heightPx: 72, fps: 25, aspect: '16:9', quality: 'draft' };
const encoding = { ...encodingOf(TINY), hls: true, preview: 'gif', crf: 0, hdr: '' as const };
const render = { ...TINY, encoding };
const MUSIC: Sound = {
  kind: 'music',
  mood: 'calm',
  start: 0,
  frames: 0,
  gainDb: 0,
  fadeIn: 0,
  fadeOut: 0,
  duck: true,
  loop: true,
};

function styleWith(music: Sound | undefined): FilmStyle {
  const look = isLong ? 'karaoke' : 'boxed';
  return {
    motion: '',
    fit: '',
    transitionMs: 0,
    captions: { mode: 'both', look, position: '', accent: '' },
    overlays: [],
    figures: false,
    sound: {
      ...(music ? { music } : {}),
      effects: [],
      loudnessLufs: 0,
      mono: false,
      denoise: isLong,
    },
  };
}

beforeAll(async () => {
  kit = await filmKit();
  shots = await twoShots(kit);
  programs = {
    ffmpegPath: await stoppable('ffmpeg'),
    ffprobePath: await stoppable('ffprobe'),
  };
}, 60_000);
afterAll(() => kit.remove());

/** Stands still in the middle of each call that `held` does not list often enough, one at a time. */
async function stoppable(program: string): Promise<string> {
  const script = `cd_="${kit.folder}"
exec 3<&0
asked=$(echo "${program} $*" | sed "s#${kit.folder}[^ ]*##g")
[ -e "$cd_/stop" ] && [ "$(grep -cxF -e "$asked" "$cd_/held")" -lt "$(cat "$cd_/stop")" ] && rm "$cd_/stop" 2>/dev/null || exec ${program} "$@"
echo "$asked" >> "$cd_/held"
${program} "$@" <&3 &
sleep 0.04
kill -STOP $!
echo $$ > "$cd_/pid"
sleep 60`;
  return standIn(kit, `can be stopped, ${program}`, script);
}

const at = (name: string) => path.join(kit.folder, name);

async function makeFilm(
  environment: MockActivityEnvironment,
  music = isLong ? MUSIC : undefined,
): Promise<Film> {
  const activities = createComposeActivities({ ...kit.dependencies, ...programs });
  return environment.run(async () => {
    const style = styleWith(music);
    const order = { job: JOB, render, language: 'en-US', style };
    const segments: Segment[] = [];
    for (const [index, shot] of shots.entries())
      segments.push(await activities.encodeSegment({ ...order, shot, previous: shots[index - 1] }));
    return activities.assembleFilm({ ...order, title: 'Coffee', shots, segments });
  });
}

/** The process that stands still; undefined where the attempt has come to its end without. */
async function heldIn(attempt: Promise<unknown>): Promise<number | undefined> {
  let isOver = false;
  void attempt.catch(() => undefined).finally(() => (isOver = true));
  const pid = () => readFile(at('pid'), 'utf8').then(Number, () => undefined);
  for (let tries = 0; tries < 1_200; tries += 1) {
    const found = await pid();
    if (found || isOver) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('nothing stands still, and nothing ends');
}

async function running(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return lines.filter((line) => line.includes(kit.folder));
}

test('canceled or killed inside of any program, a film leaves nothing and is made at the next attempt', async () => {
  await writeFile(at('held'), '');
  for (let stops = 0; ; stops += 1) {
    await writeFile(at('stop'), isLong ? '2' : '1');
    await rm(at('pid'), { force: true });
    const environment = new MockActivityEnvironment();
    const attempt = makeFilm(environment);
    const pid = await heldIn(attempt);
    if (pid === undefined) {
      await expect(attempt).resolves.toMatchObject({ frames: 76 });
      expect(stops).toBeGreaterThan(8);
      break;
    }
    const isKill = stops % 2 === 0;
    if (isKill) process.kill(pid, 'SIGKILL');
    else environment.cancel('CANCELLED');
    const end = { name: isKill ? 'Failure' : 'CancelledFailure' };
    await expect(attempt).rejects.toMatchObject(end);
    await waitFor(async () => (await running()).length === 0);
    expect(await leftInScratch(kit)).toEqual([]);
  }
  const held = (await readFile(at('held'), 'utf8')).trim().split('\n');
  const steps = [
    'segment.mp4',
    'sound.mp4',
    'film.mp4',
    'preview.gif',
    'sprites.jpg',
    'master.m3u8',
  ];
  for (const step of steps) expect(held.some((line) => line.includes(step))).toBe(true);
}, 300_000);

test('a cancel while sound is mixed ends that too', async () => {
  await rm(at('stop'), { force: true });
  const environment = new MockActivityEnvironment();
  const details = {
    percent: 0,
    failures: 0,
    shutdowns: 0,
    get detail() {
      return '';
    },
    set detail(text: string) {
      if (text === 'mixing the sound' && details.percent >= 2) environment.cancel('CANCELLED');
    },
  };
  const attempt = runningActivity.run(details, () => makeFilm(environment, MUSIC));
  await expect(attempt).rejects.toMatchObject({ name: 'CancelledFailure' });
  expect(await running()).toEqual([]);
  expect(await leftInScratch(kit)).toEqual([]);
}, 120_000);
