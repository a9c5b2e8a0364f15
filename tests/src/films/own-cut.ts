import { beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Timeline } from '@aura/proto';
import {
  activitiesIn,
  downloadFilm,
  filmFacts,
  historyOf,
  jobRow,
  plainStack,
  post,
  untilSucceeded,
  type Stack,
} from '../harness/index.js';

/** Films as their users have cut them, with a style and in further shapes. */
let stack: Stack;

beforeAll(async () => {
  stack = await plainStack();
}, 120_000);

async function film(body: object): Promise<string> {
  const answer = await post(`${stack.url}/api/videos/generate`, body);
  expect([answer.status, await answer.clone().text()]).toMatchObject([202, expect.anything()]);
  const { jobId } = (await answer.json()) as { jobId: string };
  await untilSucceeded(stack, jobId);
  return jobId;
}

interface File {
  kind: string;
  label: string;
  url: string;
}

async function filesOf(jobId: string): Promise<File[]> {
  const answer = await fetch(`${stack.url}/api/videos/${jobId}/metadata`);
  return ((await answer.json()) as { artifacts: File[] }).artifacts;
}

const place = { widthPx: 640, heightPx: 360 };

test('a timeline becomes a film of exactly its frames, seen and heard as it says, in further shapes too', async () => {
  const jobId = await film({
    timeline: {
      title: 'Night and day',
      visuals: [
        { frames: 30, colour: '#c02020' },
        { frames: 42, prompt: 'A lighthouse', transition: { kind: 'wipe', frames: 6 } },
        { frames: 31, colour: '#2020c0', transition: { kind: 'crossfade', frames: 4 } },
      ],
      narration: [
        { start: 3, text: 'The keeper slept all day.' },
        { start: 60, text: 'At night he woke.' },
      ],
      overlays: [
        { kind: 'lower-third', start: 6, frames: 18, lines: ['Ada'], animation: 'fade' },
        { kind: 'progress', start: 0, frames: 103 },
      ],
      sounds: [{ kind: 'music', start: 0, frames: 103, name: 'calm', fadeOutFrames: 12 }],
      chapters: [
        { start: 0, title: 'Day' },
        { start: 60, title: 'Night' },
      ],
    },
    options: { quality: 'draft', fps: 12, outputs: [{ aspect: '9:16' }] },
  });
  const row = await jobRow(stack, jobId);
  expect(row['warnings']).toEqual([]);
  const facts = await filmFacts(await downloadFilm(stack, jobId));
  expect(facts).toMatchObject({ frames: 103, ...place });
  const files = await filesOf(jobId);
  const named = files.map(({ kind, label }) => `${kind} ${label}`.trim());
  expect(named).toEqual(expect.arrayContaining(['timeline', 'output 9x16-360p']));
  const timeline = await fetch(stack.url + files.find(({ kind }) => kind === 'timeline')!.url);
  const told = (await timeline.json()) as Timeline;
  expect(told).toMatchObject({ frames: 103, chapters: [{ title: 'Day' }, { title: 'Night' }] });
  expect(told.narration.map(({ start }) => start)).toEqual([3, 60]);
  expect(told.captions.length).toBeGreaterThan(1);
  const [red, , blue] = await coloursOf(await downloadFilm(stack, jobId), [1, 4, 8]);
  expect(red!.red).toBeGreaterThan(red!.blue + 80);
  expect(blue!.blue).toBeGreaterThan(blue!.red + 80);
  const asked = activitiesIn(await historyOf(stack, jobId)).map(({ name }) => name);
  expect(asked.filter((name) => name === 'illustrateScene')).toHaveLength(2);
  expect(asked).not.toContain('writeScript');
}, 180_000);

test('words that take longer than their place fail the job, and say by how much', async () => {
  const timeline = {
    visuals: [{ frames: 72, colour: '#202020' }],
    narration: [{ start: 0, frames: 20, text: 'Lighthouse keepers once counted ships.' }],
  };
  const options = { quality: 'draft', fps: 12 };
  const answer = await post(`${stack.url}/api/videos/generate`, { timeline, options });
  const { jobId } = (await answer.json()) as { jobId: string };
  await expect(untilSucceeded(stack, jobId)).rejects.toThrow();
  const { error } = (await jobRow(stack, jobId)) as { error?: { code: string } };
  expect(error).toMatchObject({ code: 'NarrationTooLong', sceneId: 'n01' });
}, 120_000);

test('a style shows in the film, and a preview can be seen before it is there', async () => {
  const jobId = await film({
    script: { scenes: [{ narration: 'One ship came.' }, { narration: 'Another one left.' }] },
    options: {
      quality: 'draft',
      fps: 12,
      rollingPreview: true,
      style: {
        transition: { kind: 'slide', direction: 'up', seconds: 0.4 },
        captions: { look: 'karaoke', mode: 'both' },
        watermark: { text: 'Aura' },
        progressBar: { colour: '#00ff00' },
        sound: { music: { mood: 'upbeat' }, loudnessLufs: -16 },
      },
    },
  });
  const row = await jobRow(stack, jobId);
  expect(row['warnings']).toEqual([]);
  expect((row['film'] as { loudnessLufs: number }).loudnessLufs).toBeCloseTo(-16, 0);
  const preview = await fetch(`${stack.url}/api/videos/${jobId}/preview`);
  expect(preview.headers.get('content-type')).toBe('video/mp4');
  await preview.body?.cancel();
  const made = activitiesIn(await historyOf(stack, jobId)).filter(
    ({ name }) => name === 'assembleFilm',
  );
  expect(made.length).toBeGreaterThan(1);
}, 180_000);

/** What the film looks like at some seconds, each as one colour. */
async function coloursOf(file: string, seconds: number[]) {
  const colours = [];
  for (const at of seconds) {
    const one = ['-frames:v', '1', '-vf', 'scale=1:1', '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'];
    const options = { encoding: 'buffer' } as const;
    const run = promisify(execFile)(
      'ffmpeg',
      ['-v', 'error', '-ss', `${at}`, '-i', file, ...one],
      options,
    );
    const [red = 0, green = 0, blue = 0] = (await run).stdout;
    colours.push({ red, green, blue });
  }
  return colours;
}
