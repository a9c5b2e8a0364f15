import { beforeAll, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  activitiesIn,
  decodeComplaints,
  difference,
  downloadFilm,
  eventLog,
  failedWorkflowTasks,
  filmFacts,
  greysAt,
  historyOf,
  idsOf,
  jobRow,
  noLeftovers,
  logFaults,
  loudnessLufs,
  noFfmpeg,
  openStream,
  post,
  smallFilm,
  plainStack,
  statesIn,
  statusOf,
  untilSucceeded,
  type LoggedEvent,
  type SseStream,
  type Stack,
} from '../harness/index.js';

/** One film, from its order to its file, looked at from every side. */
const SECONDS = 14;
const FPS = 25;
let stack: Stack;
let accepted: Response;
let answer: { jobId: string; status: string; correlationId: string; createdAt: string };
let stream: SseStream;
let log: LoggedEvent[];
let film: string;

beforeAll(async () => {
  stack = await plainStack();
  accepted = await post(
    `${stack.url}/api/videos/generate`,
    smallFilm({
      brief:
        'The sea is salty because rivers carry minerals from the rocks into it. ' +
        'The water leaves again as vapour, and the salt stays behind. ' +
        'So the sea has grown saltier over millions of years.',
      seconds: SECONDS,
      options: { aspect: '9:16', fps: FPS },
    }),
    { 'x-correlation-id': 'happy-path-1' },
  );
  answer = (await accepted.json()) as typeof answer;
  stream = await openStream(`${stack.url}/api/videos/${answer.jobId}/stream`);
  await stream.ended(90_000);
  await untilSucceeded(stack, answer.jobId);
  log = await eventLog(stack, answer.jobId);
  film = await downloadFilm(stack, answer.jobId);
}, 180_000);

test('an order is accepted with 202, the job’s id and the correlation id that was given', () => {
  expect(accepted.status).toBe(202);
  expect(answer).toMatchObject({ status: 'pending', correlationId: 'happy-path-1' });
  expect(accepted.headers.get('x-correlation-id')).toBe('happy-path-1');
  expect(accepted.headers.get('location')).toBe(`/api/videos/${answer.jobId}/status`);
});

test('the stream tells progress, each stage’s completion in pipeline order, and done; then it ends', () => {
  const names = stream.events.map(({ event }) => event);
  expect(new Set(names)).toEqual(new Set(['progress', 'stage-complete', 'done']));
  expect(names.filter((name) => name === 'done')).toHaveLength(1);
  expect(names.at(-1)).toBe('done');
  const stages = stream.events.filter(({ event }) => event === 'stage-complete');
  expect(stages.map(({ data }) => data['stage'])).toEqual([
    'Brief',
    'Script',
    'Voice',
    'Visuals',
    'Composition',
  ]);
  expect(stream.events.at(-1)!.data).toMatchObject({
    jobId: answer.jobId,
    videoUrl: `/api/videos/${answer.jobId}/download`,
    correlationId: 'happy-path-1',
  });
});

test('the stream is unbuffered and uncompressed, and gives every durable event once, without delay', () => {
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(stream.headers.get('cache-control')).toContain('no-cache, no-store, must-revalidate');
  expect(stream.headers.get('transfer-encoding')).toBe('chunked');
  expect(stream.headers.get('x-accel-buffering')).toBe('no');
  expect(stream.headers.get('content-encoding')).toBeNull();
  expect(idsOf(stream.events)).toEqual(log.map(({ seq }) => seq));
  const atOf = new Map(log.map(({ seq, at }) => [seq, at.getTime()]));
  const delays = stream.events.flatMap(({ id, atMs }) => (id ? [atMs - atOf.get(id)!] : []));
  expect(Math.max(...delays)).toBeLessThan(1_000);
});

test('what is told of progress never falls, and is 100 only with the film', () => {
  const percents = stream.events.map(({ data }) => Number(data['percentage']));
  expect(percents).toEqual(percents.toSorted((a, b) => a - b));
  expect(percents.filter((percent) => percent === 100)).toHaveLength(1);
  expect(stream.events.at(-1)!.data['percentage']).toBe(100);
  expect(logFaults(log)).toEqual([]);
  expect(statesIn(log)).toEqual(['queued', 'running', 'succeeded']);
});

test('live progress comes between the durable events, twice a second at most', () => {
  const live = stream.events.filter(({ id }) => id === undefined);
  expect(live.length).toBeGreaterThan(0);
  const seconds = (live.at(-1)!.atMs - live[0]!.atMs) / 1_000;
  expect(live.length).toBeLessThanOrEqual(2 * seconds + 2);
});

test('the status agrees with the stream, and every step has succeeded', async () => {
  const status = await statusOf(stack, answer.jobId);
  expect(status).toMatchObject({
    status: 'completed',
    progressPercentage: 100,
    currentStage: 'Composition',
    videoUrl: `/api/videos/${answer.jobId}/download`,
    errorMessage: null,
    correlationId: 'happy-path-1',
  });
  expect(status.processingSteps).toHaveLength(6);
  expect(status.processingSteps.every(({ status: its }) => its === 'succeeded')).toBe(true);
  expect(Date.parse(status.completedAt!)).toBeGreaterThan(Date.parse(status.createdAt));
  expect(await jobRow(stack, answer.jobId)).toMatchObject({ state: 'succeeded', percent: 100 });
});

test('the film decodes without a complaint and has the size, frame rate and length that were asked for', async () => {
  const facts = await filmFacts(film);
  expect(facts).toMatchObject({
    widthPx: 360,
    heightPx: 640,
    fps: FPS,
    videoCodec: 'h264',
    pixelFormat: 'yuv420p',
    audioCodec: 'aac',
    sampleRateHz: 48_000,
    streams: ['video', 'audio'],
  });
  expect(facts.durationMs).toBeGreaterThan(SECONDS * 900);
  expect(facts.durationMs).toBeLessThan(SECONDS * 1_100);
  expect(Math.abs(facts.frames - (facts.durationMs / 1_000) * FPS)).toBeLessThanOrEqual(1);
  expect(await decodeComplaints(film)).toBe('');
}, 120_000);

test('it is heard: at −14 LUFS, within one', async () => {
  expect(Math.abs((await loudnessLufs(film)) + 14)).toBeLessThanOrEqual(1);
});

test('its captions say the brief’s own words, as a file and in the picture', async () => {
  const response = await fetch(`${stack.url}/api/videos/${answer.jobId}/artifacts/captions`);
  expect(response.status).toBe(200);
  const captions = await response.text();
  const cues = cuesIn(captions);
  expect(cues.map(({ text }) => text).join(' ')).toContain('rivers carry minerals');
  expect(cues.length).toBeGreaterThanOrEqual(3);

  // In the zone of the captions a change of cue changes the picture far more than its slow motion does.
  const zone = { top: 0.55, bottom: 0.95 };
  const changed = async (fromMs: number, toMs: number) =>
    difference(await greysAt(film, fromMs, zone), await greysAt(film, toMs, zone));
  const [first, second] = cues as [Cue, Cue];
  const middleMs = (first.startMs + first.endMs) / 2;
  const still = await changed(middleMs - 120, middleMs + 120);
  expect(await changed(second.startMs - 120, second.startMs + 120)).toBeGreaterThan(3 * still);
  expect(await changed(first.startMs - 240, first.startMs + 120)).toBeGreaterThan(3 * still);
}, 120_000);

test('the metadata describes the very file that is downloaded', async () => {
  const response = await fetch(`${stack.url}/api/videos/${answer.jobId}/metadata`);
  const metadata = (await response.json()) as {
    artifacts: { kind: string; sha256: string; sizeBytes: number; available: boolean }[];
  };
  const facts = await filmFacts(film);
  const bytes = await readFile(film);
  expect(metadata).toMatchObject({
    resolution: '360x640',
    fps: FPS,
    videoCodec: 'h264',
    audioCodec: 'aac',
    fileSizeBytes: bytes.length,
  });
  const seconds = (metadata as unknown as { durationSeconds: number }).durationSeconds;
  expect(Math.abs(seconds - facts.durationMs / 1_000)).toBeLessThan(0.1);
  const video = metadata.artifacts.find(({ kind }) => kind === 'video');
  expect(video).toMatchObject({
    sha256: createHash('sha256').update(bytes).digest('hex'),
    sizeBytes: bytes.length,
    available: true,
  });
  expect(metadata.artifacts.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['video', 'captions', 'thumbnail']),
  );
});

test('a range of the film is the same bytes', async () => {
  const response = await fetch(`${stack.url}/api/videos/${answer.jobId}/download`, {
    headers: { range: 'bytes=100-299' },
  });
  expect(response.status).toBe(206);
  const part = Buffer.from(await response.arrayBuffer());
  expect(part.equals((await readFile(film)).subarray(100, 300))).toBe(true);
});

test('nothing is left behind: no temporary file, no ffmpeg', async () => {
  await noLeftovers(stack);
  await noFfmpeg(stack);
});

test('the event history tells each piece of work once, and no workflow task failed', async () => {
  const events = await historyOf(stack, answer.jobId);
  const activities = activitiesIn(events);
  expect(activities.filter(({ outcome }) => outcome !== 'completed')).toEqual([]);
  expect(activities.filter(({ attempt }) => attempt !== 1)).toEqual([]);
  expect(failedWorkflowTasks(events)).toEqual([]);
});

interface Cue {
  startMs: number;
  endMs: number;
  text: string;
}

function cuesIn(srt: string): Cue[] {
  return srt
    .trim()
    .split(/\r?\n\r?\n/)
    .map((block) => {
      const [, times = '', ...lines] = block.split(/\r?\n/);
      const [start = '', end = ''] = times.split(' --> ');
      return { startMs: msOf(start), endMs: msOf(end), text: lines.join(' ') };
    });
}

function msOf(time: string): number {
  const [hours, minutes, seconds] = time.replace(',', '.').split(':').map(Number);
  return Math.round(((hours! * 60 + minutes!) * 60 + seconds!) * 1_000);
}
