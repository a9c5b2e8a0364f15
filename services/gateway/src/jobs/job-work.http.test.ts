import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { appendEvents, beginRun, lockJob, transact } from '@aura/database';
import { startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { LocalStore } from '@aura/storage';
import { createLog } from '@aura/telemetry';
import path from 'node:path';
import { append, COMPLETED, failedWith, filmOf, RUNNING } from '../testing/jobs.js';
import { postJson, send } from '../testing/requests.js';
import { SseClient } from '../testing/sse-client.js';
import { startTestGateway, type TestGateway } from '../testing/test-gateway.js';
import { DeleteJobs } from './delete-job.js';
import { artifactsSchema, jobSchema } from './job-schema.js';
let server: TestDatabase;
let gateway: TestGateway;
let url: string;
beforeAll(async () => {
  server = await startTestDatabase();
  gateway = await startTestGateway(server.url);
  url = `${gateway.url}/api/jobs`;
});
beforeEach(() => server.database.job.deleteMany());
afterAll(async () => {
  await gateway.close();
  await server.stop();
});

const create = (body: unknown) => postJson(url, body);
const view = async (id: string) => (await send(`${url}/${id}`)).json;
const act = (id: string, verb: string) => send(`${url}/${id}/${verb}`, { method: 'POST' });

test('a failed job gets its next run under its id; what cannot be tried again says why', async () => {
  const { json } = await create({ brief: 'Why the sea is salty' });
  const { jobId } = json;
  const early = await act(jobId, 'retry');
  expect([early.status, early.json.code]).toEqual([409, 'JobNotRetryable']);
  await append(server.database, jobId, [RUNNING, failedWith({ code: 'VoiceFailed' }, 40)]);
  const failed = await view(jobId);
  expect(failed.error).toMatchObject({ code: 'VoiceFailed', stage: 'voice' });
  expect(JSON.stringify(failed)).not.toContain('secret stack');

  const answers = await Promise.all(Array.from({ length: 8 }, () => act(jobId, 'retry')));
  const accepted = answers.filter(({ status }) => status === 202);
  expect(accepted.map((answer) => answer.json)).toMatchObject([{ jobId, run: 2, state: 'queued' }]);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
  const again = await view(jobId);
  expect(jobSchema.parse(again)).toEqual(again);
  expect(again).toMatchObject({ run: 2, state: 'queued', percent: 0, error: null });
  expect(again.runs).toMatchObject([
    { run: 1, state: 'failed', errorCode: 'VoiceFailed' },
    { run: 2, state: 'queued', errorCode: null },
  ]);
  const status = await send(`${gateway.url}/api/videos/${jobId}/status`);
  expect(status.json).toMatchObject({ status: 'pending', error: null });

  const canceled = await act(jobId, 'cancel');
  expect([canceled.status, canceled.json.state]).toEqual([200, 'canceling']);
  expect((await act(jobId, 'cancel')).json.code).toBe('JobAlreadyCanceled');
});

test('a job is paused and resumed as often as it is asked for; the newest wish alone is told', async () => {
  const { jobId } = (await create({ brief: 'Why the sea is salty' })).json;
  const commands = async () => {
    const rows = await server.database.outbox.findMany({
      where: { jobId },
      orderBy: { id: 'asc' },
    });
    return rows.map(({ command }) => command);
  };
  expect((await act(jobId, 'pause')).json).toMatchObject({ state: 'paused', startedAt: null });
  expect((await act(jobId, 'resume')).json).toMatchObject({ state: 'queued', runs: [{ run: 1 }] });
  await append(server.database, jobId, [RUNNING]);
  for (const verb of ['pause', 'resume', 'resume', 'pause', 'pause']) {
    expect((await act(jobId, verb)).status).toBe(200);
  }
  const paused = await view(jobId);
  expect(jobSchema.parse(paused)).toEqual(paused);
  expect(paused).toMatchObject({
    state: 'paused',
    message: 'Paused by the user',
    etaSeconds: null,
  });
  expect(await commands()).toEqual(['start', 'pause']);
  expect((await act(jobId, 'retry')).json.code).toBe('JobNotRetryable');

  expect((await act(jobId, 'cancel')).json.state).toBe('canceling');
  expect((await act(jobId, 'resume')).json).toMatchObject({ status: 409, code: 'JobNotPaused' });
  await append(server.database, jobId, [failedWith({ code: 'Canceled' }, 0)]);
  expect((await act(jobId, 'pause')).json).toMatchObject({ status: 409, code: 'JobNotPausable' });
  const nobody = '01890000-0000-7000-8000-000000000000';
  expect((await act(nobody, 'pause')).json.code).toBe('JobNotFound');
});

test('who watches from the start hears of both runs, and only the end of the newest ends the stream', async () => {
  const { jobId } = (await create({ brief: 'Why the sea is salty' })).json;
  await append(server.database, jobId, [RUNNING, failedWith({ code: 'VoiceFailed' }, 40)]);
  await act(jobId, 'retry');
  await append(server.database, jobId, [RUNNING, failedWith({ code: 'ScriptInvalid' }, 20)]);
  for (const route of ['events', 'progress/stream']) {
    const stream = await SseClient.open(`${url}/${jobId}/${route}`);
    await stream.until(({ isOver }) => isOver);
    expect(
      stream.durable.map(({ id, event, data }) => [id, event, data.code, data.percentage]),
    ).toEqual([
      [1, 'progress', undefined, 0],
      [2, 'progress', undefined, 0],
      [3, 'progress', 'VoiceFailed', 40],
      [4, 'progress', undefined, 0],
      [5, 'progress', undefined, 0],
      [6, 'error', 'ScriptInvalid', 20],
    ]);
  }
});

test('a job that waits for its next try says when, and is canceled at once', async () => {
  const wish = { brief: 'Why the sea is salty', options: { autoRetry: 2 } };
  const { jobId } = (await create(wish)).json;
  expect((await view(jobId)).autoRetry).toEqual({ atMost: 2, done: 0, nextAt: null });
  const copy = (await create({ fromJob: jobId })).json.jobId;
  expect((await view(copy)).autoRetry.atMost).toBe(2);
  const stream = await SseClient.open(`${url}/${jobId}/events`);
  await transact(server.database, async (tx) => {
    const job = (await lockJob(tx, jobId))!;
    const events = [RUNNING, failedWith({ code: 'API_ERROR' }, 40)];
    await beginRun(tx, await appendEvents(tx, job, events), { delayMs: 60_000, message: 'Again' });
  });
  const waiting = await view(jobId);
  expect(waiting).toMatchObject({ state: 'queued', run: 2, message: 'Again' });
  expect(waiting.autoRetry).toMatchObject({ done: 1, nextAt: expect.any(String) });
  expect(Date.parse(waiting.autoRetry.nextAt)).toBeGreaterThan(Date.now() + 30_000);
  expect((await act(jobId, 'retry')).json.code).toBe('JobNotRetryable');
  expect((await act(jobId, 'cancel')).json.state).toBe('canceling');
  const rows = await server.database.outbox.findMany({ where: { jobId, run: 2 } });
  expect(rows.map(({ command }) => command).toSorted()).toEqual(['cancel', 'start']);
  // Temporal is away: they are put off by moments, not by the minute that it had to wait.
  for (const { notBefore } of rows) expect(notBefore.getTime()).toBeLessThan(Date.now() + 20_000);
  await append(server.database, jobId, [failedWith({ code: 'Canceled' }, 0)]);
  await stream.until(({ isOver }) => isOver);
  expect(stream.durable.map(({ event, data }) => data.code ?? event)).toEqual([
    'progress',
    'progress',
    'API_ERROR',
    'progress',
    'progress',
    'Canceled',
  ]);
});

test('the files of a job are listed and given out', async () => {
  const { jobId } = (await create({ brief: 'Why the sea is salty' })).json;
  const store = new LocalStore(path.join(gateway.home, 'artifacts'));
  const video = await store.putBytes('the film', 'video/mp4');
  await server.database.artifact.createMany({
    data: [
      { jobId, kind: 'video', fileName: 'sea.mp4', ...video },
      { jobId, kind: 'hls', label: 'index.m3u8', fileName: 'index.m3u8', ...video },
      { jobId, kind: 'thumbnail', fileName: 'gone.jpg', ...video, sha256: 'a'.repeat(64) },
    ],
  });
  await append(server.database, jobId, [RUNNING, COMPLETED], { film: filmOf(video) });
  const { json } = await send(`${url}/${jobId}/artifacts`);
  expect(artifactsSchema.parse(json)).toEqual(json);
  const told = json.artifacts.map(({ url: at, available }: never) => [at, available]);
  expect(told).toEqual([
    [`/api/jobs/${jobId}/artifacts/hls/index.m3u8`, true],
    [`/api/jobs/${jobId}/artifacts/thumbnail`, false],
    [`/api/jobs/${jobId}/artifacts/video`, true],
  ]);
  expect((await view(jobId)).output).toMatchObject({ sizeBytes: video.bytes });
  for (const file of ['video', 'hls/index.m3u8']) {
    expect((await send(`${url}/${jobId}/artifacts/${file}`)).text).toBe('the film');
  }
  expect((await send(`${url}/${jobId}/artifacts/captions`)).json.code).toBe('ArtifactMissing');
});

test('a job in work is not deleted, and while Temporal is away no other one is either', async () => {
  const { jobId } = (await create({ brief: 'Why the sea is salty' })).json;
  const remove = (id: string) => send(`${url}/${id}`, { method: 'DELETE' });
  expect((await remove(jobId)).json).toMatchObject({ status: 409, code: 'JobNotFinished' });
  await append(server.database, jobId, [RUNNING, failedWith({ code: 'VoiceFailed' }, 40)]);
  expect((await remove(jobId)).json).toMatchObject({ status: 503, code: 'TemporalUnavailable' });
  expect((await view(jobId)).state).toBe('failed');
  expect((await remove('01890000-0000-7000-8000-000000000000')).json.code).toBe('JobNotFound');
});

test('a job whose files cannot be removed now is deleted all the same, and with it the films that edits have replaced', async () => {
  const { database } = server;
  const { jobId } = (await create({ brief: 'Why the sea is salty' })).json;
  const store = new LocalStore(path.join(gateway.home, 'artifacts'));
  const video = await store.putBytes('a film that stays a while', 'video/mp4');
  await database.artifact.create({ data: { jobId, kind: 'video', fileName: 'x.mp4', ...video } });
  await append(database, jobId, [RUNNING, COMPLETED], { film: filmOf(video) });
  const earlier = await store.putBytes('the film before', 'video/mp4');
  const made = { made: { film: { ...filmOf(earlier) } as object } };
  const where = { jobId_run: { jobId, run: 1 } };
  await database.jobRun.upsert({ where, create: { jobId, run: 1, ...made }, update: made });
  const away = () => Promise.reject(new Error('away'));
  const jobs = new DeleteJobs({
    database,
    whole: database,
    store: Object.assign(Object.create(store) as LocalStore, { removeBlobs: away }),
    ledger: { remove: away },
    engine: { remove: () => Promise.resolve(true) },
    log: createLog('test', 'silent'),
    tenantId: 'local',
  });
  const { files, workflows } = await jobs.delete(jobId);
  expect([workflows, files.removed, files.kept]).toEqual([1, 0, 0]);
  expect(files.waiting).toBeGreaterThan(0);
  expect(await database.job.count({ where: { id: jobId } })).toBe(0);
  const left = { sha256: { in: [video.sha256, earlier.sha256] } };
  expect(await database.unwantedBlob.count({ where: left })).toBe(2);
});

test('a job that has failed before there was a film has nothing to edit', async () => {
  const { jobId } = (await create({ brief: 'Why the sea is salty' })).json;
  const edit = () =>
    postJson(`${url}/${jobId}/edits`, {
      operations: [{ op: 'title', title: 'Salt' }],
    });
  expect((await edit()).json).toMatchObject({ status: 409, code: 'JobNotFinished' });
  await append(server.database, jobId, [RUNNING, failedWith({ code: 'VoiceFailed' }, 40)]);
  expect((await edit()).json).toMatchObject({ status: 409, code: 'JobNotEditable' });
});
