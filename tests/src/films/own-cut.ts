import { beforeAll, expect, test } from 'vitest';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { workflowIdOf, type Timeline } from '@aura/proto';
import {
  activitiesIn,
  cancel,
  downloadFilm,
  filmFacts,
  historyOf,
  jobRow,
  plainStack,
  post,
  until,
  untilSucceeded,
  untilTerminal,
  withTemporal,
  type Stack,
} from '../harness/index.js';

/** Films as their users have cut them, with a style and in further shapes. */
let stack: Stack;

beforeAll(async () => {
  stack = await plainStack();
}, 120_000);

async function film(body: object): Promise<string> {
  const jobId = await order(body);
  await untilSucceeded(stack, jobId);
  return jobId;
}

async function order(body: object): Promise<string> {
  const answer = await post(`${stack.url}/api/videos/generate`, body);
  expect([answer.status, await answer.clone().text()]).toMatchObject([202, expect.anything()]);
  return ((await answer.json()) as { jobId: string }).jobId;
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
      captionTracks: [
        { language: 'de', captions: [{ start: 3, frames: 40, lines: ['Der Wärter schlief.'] }] },
      ],
      sounds: [{ kind: 'music', start: 0, frames: 103, name: 'calm', fadeOutFrames: 12 }],
      chapters: [
        { start: 0, title: 'Day' },
        { start: 60, title: 'Night' },
      ],
    },
    options: { quality: 'draft', fps: 12, outputs: [{ aspect: '9:16', hls: true }] },
  });
  const row = await jobRow(stack, jobId);
  expect(row['warnings']).toEqual([]);
  const facts = await filmFacts(await downloadFilm(stack, jobId));
  expect(facts).toMatchObject({ frames: 103, ...place });
  expect(facts.streams.slice(0, 3)).toEqual(['video', 'audio', 'subtitle']);
  const files = await filesOf(jobId);
  const named = files.map(({ kind, label }) => `${kind} ${label}`.trim());
  const beside = ['captions de', 'captions 9x16-360p-de', 'sprites 9x16-360p-sprites.jpg'];
  expect(named).toEqual(expect.arrayContaining(['timeline', 'output 9x16-360p', ...beside]));
  const german = files.find(({ kind, label }) => kind === 'captions' && label === 'de')!;
  expect(await (await fetch(stack.url + german.url)).text()).toContain('Der Wärter schlief.');
  const master = files.find(({ label }) => label === '9x16-360p-master.m3u8')!;
  const playlist = await (await fetch(stack.url + master.url)).text();
  const [track] = /^.*track-0\.m3u8$/m.exec(playlist)!;
  const rendition = await fetch(stack.url + master.url.replace(master.label, track));
  expect([rendition.status, (await rendition.text()).includes('9x16-360p-track-0.mp4')]).toEqual([
    200,
    true,
  ]);
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

test('the largest orders that are taken get through Temporal', async () => {
  const scene = {
    narration: 'The keeper of the lighthouse counted every ship that came by at night.',
    visualPrompt: 'p'.repeat(1_000),
    figure: { kind: 'steps', items: Array.from({ length: 8 }, () => ({ text: 't'.repeat(300) })) },
  };
  const script = { scenes: Array.from({ length: 120 }, () => scene) };
  const lines = Array.from({ length: 6 }, () => '国'.repeat(200));
  const overlays = Array.from({ length: 50 }, () => ({ kind: 'text', lines, opacity: 0.9 }));
  const visuals = Array.from({ length: 120 }, (_, at) => {
    return { frames: 6, colour: `#${(at + 100_000).toString(16).padStart(6, '0')}` };
  });
  const options = { quality: 'draft', fps: 12 };
  const [scripted, cut] = [
    await order({ script, options }),
    await order({ timeline: { visuals }, options: { ...options, style: { overlays } } }),
  ];
  const comesTo = (jobId: string, work: string) =>
    until(`${work} begins`, async () => (await pendingIn(jobId)).includes(work), 60_000);
  await comesTo(scripted, 'illustrateScene');
  await comesTo(cut, 'encodeSegment');
  for (const jobId of [scripted, cut]) {
    await cancel(stack, jobId);
    await untilTerminal(stack, jobId);
    const failed = (await historyOf(stack, jobId)).filter(
      (one) => one.workflowTaskFailedEventAttributes,
    );
    expect(failed).toEqual([]);
  }
}, 180_000);

async function pendingIn(jobId: string): Promise<string[]> {
  return withTemporal(stack, async (client) => {
    const { raw } = await client.workflow.getHandle(workflowIdOf(jobId)).describe();
    return (raw.pendingActivities ?? []).map(({ activityType }) => activityType?.name ?? '');
  });
}

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
