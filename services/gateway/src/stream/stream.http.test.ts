import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  append,
  COMPLETED,
  failedWith,
  filmOf,
  newJob,
  progressTo,
  RUNNING,
} from '../testing/jobs.js';
import { send } from '../testing/requests.js';
import { SseClient } from '../testing/sse-client.js';
import { jobStatusSchema } from '../videos/status-schema.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
let server: TestDatabase;
let gateways: TestGateway[];
const FILM = { film: filmOf({ sha256: 'a'.repeat(64), bytes: 1_000, mediaType: 'video/mp4' }) };

beforeAll(async () => {
  server = await startTestDatabase();
  const timing = { heartbeatMs: 100, eventPollMs: 60_000 };
  gateways = await Promise.all([1, 2].map(() => startTestGateway(server.url, { timing })));
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await server.stop();
});

const streamOf = (jobId: string, gateway = 0) =>
  `${gateways[gateway]!.url}/api/videos/${jobId}/stream`;
const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

test('a client gets the whole story, numbered without a gap, and one end', async () => {
  const jobId = await newJob(server.database);
  const client = await SseClient.open(streamOf(jobId));
  await client.until(({ ids }) => ids.length === 1);
  await append(server.database, jobId, [RUNNING]);
  await append(server.database, jobId, [
    {
      type: 'step-status',
      step: 'script',
      stage: 'script',
      state: 'succeeded',
      percent: 25,
      message: '',
    },
    progressTo(30),
  ]);
  await client.until(({ ids }) => ids.length === 4, 1_000);
  await append(server.database, jobId, [COMPLETED], FILM);
  await client.until(({ isOver }) => isOver);
  expect(client.ids).toEqual(upTo(5));
  expect(client.messages.map(({ event }) => event)).toEqual([
    'progress',
    'progress',
    'stage-complete',
    'progress',
    'done',
  ]);
  expect(client.messages[2]?.data).toMatchObject({ stage: 'Script', nextStage: 'Voice' });
  expect(client.messages[3]?.data).toMatchObject({ percentage: 30, stage: 'Voice' });
  expect(client.messages[4]?.data).toMatchObject({
    jobId,
    percentage: 100,
    videoUrl: `/api/videos/${jobId}/download`,
  });
  const { json } = await send(streamOf(jobId).replace('/stream', '/status'));
  expect(jobStatusSchema.parse(json)).toEqual(json);
  expect(json).toMatchObject({ status: 'completed', progressPercentage: 100 });
  expect(json.videoUrl).toBe(`/api/videos/${jobId}/download`);
});

test('the headers are those that proxies and browsers need, and nothing is compressed', async () => {
  const jobId = await newJob(server.database);
  const client = await SseClient.open(streamOf(jobId), { 'Accept-Encoding': 'gzip, br' });
  const headers = Object.fromEntries(client.response.headers);
  expect(headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'transfer-encoding': 'chunked',
    'cache-control': 'no-cache, no-store, must-revalidate',
    'x-accel-buffering': 'no',
  });
  expect(headers).not.toHaveProperty('content-encoding');
  await client.until(({ ids, comments }) => ids.length === 1 && comments >= 3);
  expect(client.retryMs).toBe(1_000);
  await client.close();
});

test('a client that comes back goes on where it was, at any gateway', async () => {
  const jobId = await newJob(server.database);
  await append(server.database, jobId, [RUNNING, progressTo(10), progressTo(20)]);
  const first = await SseClient.open(streamOf(jobId));
  await first.until(({ ids }) => ids.length === 4);
  await first.close();
  await append(server.database, jobId, [progressTo(30), progressTo(40)]);
  const second = await SseClient.open(streamOf(jobId, 1), { 'Last-Event-ID': '4' });
  await second.until(({ ids }) => ids.length === 2);
  expect(second.ids).toEqual([5, 6]);
  const third = await SseClient.open(`${streamOf(jobId)}?lastEventId=5`);
  await third.until(({ ids }) => ids.length === 1);
  await append(server.database, jobId, [failedWith({ code: 'OutOfDiskSpace' }, 40)]);
  await Promise.all([second, third].map((client) => client.until(({ isOver }) => isOver)));
  expect([second.ids, third.ids]).toEqual([
    [5, 6, 7],
    [6, 7],
  ]);
  expect(third.messages.at(-1)).toMatchObject({ event: 'error', data: { code: 'OutOfDiskSpace' } });
});

test('status and stream never fall behind each other, asked in turn at two gateways, one of them new', async () => {
  const jobId = await newJob(server.database);
  await append(server.database, jobId, [RUNNING]);
  const said: [number, number][] = [];
  const status = async (url: string) => {
    const { json } = await send(url.replace('/stream', '/status'));
    said.push([json.progressPercentage, json.scenesDone]);
  };
  const heard = ({ messages }: SseClient) => {
    const { percentage, scenesDone = said.at(-1)?.[1] ?? 0 } = messages.at(-1)!.data;
    said.push([percentage, scenesDone]);
  };
  for (const round of upTo(5)) {
    const late = await startTestGateway(server.url);
    const lateUrl = streamOf(jobId).replace(gateways[0]!.url, late.url);
    const scenes = { scenesDone: round, scenesTotal: 9 };
    await append(server.database, jobId, [progressTo(10 * round)], scenes);
    const last = { 'Last-Event-ID': String(round + 1) };
    const client = await SseClient.open(streamOf(jobId, round % 2), last);
    await client.until(({ ids }) => ids.includes(round + 2));
    heard(client);
    await status(lateUrl);
    await status(streamOf(jobId));
    const again = await SseClient.open(lateUrl, last);
    await again.until(({ ids }) => ids.includes(round + 2));
    heard(again);
    await status(streamOf(jobId, 1));
    await Promise.all([client.close(), again.close()]);
    await late.close();
  }
  for (const column of [0, 1] as const) {
    const values = said.map((one) => one[column]);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  }
  expect(said.at(-1)).toEqual([50, 5]);
});

test('whoever has seen the end is told not to come back; whoever has not gets it', async () => {
  const jobId = await newJob(server.database);
  await append(server.database, jobId, [RUNNING, failedWith({}, 0)]);
  const seen = await SseClient.open(streamOf(jobId), { 'Last-Event-ID': '3' });
  expect(seen.response.status).toBe(204);
  const late = await SseClient.open(streamOf(jobId), { 'Last-Event-ID': '2' });
  await late.until(({ isOver }) => isOver);
  expect(late.messages.map(({ id, event }) => [id, event])).toEqual([[3, 'error']]);
});

test('a cancel ends the stream with an error whose code says so', async () => {
  const jobId = await newJob(server.database);
  await append(server.database, jobId, [RUNNING]);
  const client = await SseClient.open(streamOf(jobId));
  await client.until(({ ids }) => ids.length === 2);
  const cancel = await send(streamOf(jobId, 1).replace('/stream', '/cancel'), { method: 'POST' });
  expect(cancel.status).toBe(200);
  await append(server.database, jobId, [failedWith({ code: 'Canceled' }, 0)]);
  await client.until(({ isOver }) => isOver);
  expect(client.messages.at(-2)?.data).toMatchObject({ state: 'canceling' });
  expect(client.messages.at(-1)).toMatchObject({
    event: 'error',
    data: { code: 'Canceled', status: 'canceled' },
  });
  const again = await send(streamOf(jobId).replace('/stream', '/cancel'), { method: 'POST' });
  expect([again.status, again.json.code]).toEqual([409, 'JobAlreadyCanceled']);
});

test('many clients of many jobs on two gateways have every event once and in order', async () => {
  const jobs = await Promise.all(upTo(8).map(() => newJob(server.database)));
  const clients = await Promise.all(
    upTo(48).map((n) => SseClient.open(streamOf(jobs[n % 8]!, n % 2))),
  );
  await Promise.all(
    jobs.map(async (jobId) => {
      await append(server.database, jobId, [RUNNING]);
      for (const n of upTo(10)) {
        await append(server.database, jobId, [progressTo(2 * n - 1), progressTo(2 * n)]);
      }
      await append(server.database, jobId, [failedWith({}, 20)]);
    }),
  );
  await Promise.all(clients.map((client) => client.until(({ isOver }) => isOver, 15_000)));
  for (const client of clients) expect(client.ids).toEqual(upTo(23));
});

test('a reader that takes nothing is not waited for, and holds nobody up', async () => {
  const jobId = await newJob(server.database);
  const { hostname, port } = new URL(gateways[0]!.url);
  const stalled = connect(Number(port), hostname);
  stalled.write(`GET /api/videos/${jobId}/stream HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  stalled.pause();
  const client = await SseClient.open(streamOf(jobId));
  const long = 'x'.repeat(60_000);
  await append(server.database, jobId, [RUNNING]);
  for (const n of upTo(8)) {
    const ten = upTo(10 * n, 10 * n - 9).map((percent) => progressTo(percent, long));
    await append(server.database, jobId, ten);
  }
  await append(server.database, jobId, [failedWith({}, 80)]);
  await client.until(({ isOver }) => isOver);
  expect(client.ids).toEqual(upTo(83));
  let text = '';
  stalled.on('data', (chunk: Buffer) => (text += chunk.toString()));
  stalled.resume();
  for (let n = 0; n < 500 && !text.includes('event: error'); n += 1) await sleep(20);
  expect(text.match(/^id: \d+$/gm)).toHaveLength(83);
  stalled.destroy();
});

test('no more streams are opened than are served; HEAD opens none; other types are refused', async () => {
  const jobId = await newJob(server.database);
  const small = await startTestGateway(server.url, { maxStreams: 1 });
  const url = `${small.url}/api/videos/${jobId}/stream`;
  expect((await send(url, { method: 'HEAD' })).status).toBe(200);
  const refused = await send(url, { headers: { Accept: 'application/json' } });
  expect([refused.status, refused.json.code]).toEqual([406, 'NotAcceptable']);
  const only = await SseClient.open(url);
  const full = await send(url);
  expect([full.status, full.json.code]).toEqual([503, 'TooManyStreams']);
  expect(full.headers['retry-after']).toBe('5');
  await only.close();
  let next = await SseClient.open(url);
  for (let tries = 0; tries < 50 && next.response.status === 503; tries += 1) {
    await sleep(50);
    next = await SseClient.open(url);
  }
  expect(next.response.status).toBe(200);
  await small.close();
  await next.until(({ isOver }) => isOver);
});
