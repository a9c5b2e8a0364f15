import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FailureReport, JobEventData } from '@aura/proto';
import { appendEvents } from './append-events.js';
import { createJob } from './create-job.js';
import { foldEvents } from './fold-events.js';
import { FOLDED, foldOf, lockJob } from './lock-job.js';
import { requestCancel } from './request-cancel.js';
import { requestRetry } from './request-retry.js';
import { sampleOrder, startTestDatabase, type TestDatabase } from './testing/test-database.js';
import { transact } from './transact.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
}, 120_000);
afterAll(() => server.stop());

const FAILURE = { code: 'VoiceFailed', message: 'No voice.', stage: 'voice' } as FailureReport;
const RUNNING = { type: 'job-status', state: 'running', stage: 'voice', message: '' } as const;
const FAILED: JobEventData = { type: 'job-failed', state: 'failed', percent: 40, failure: FAILURE };

async function failedJob(): Promise<string> {
  const order = sampleOrder();
  await transact(server.database, (tx) => createJob(tx, order));
  await append(order.job.videoId, { ...RUNNING, percent: 40 }, FAILED);
  return order.job.videoId;
}

function append(id: string, ...events: JobEventData[]) {
  return transact(server.database, async (tx) => {
    await appendEvents(tx, (await lockJob(tx, id))!, events);
  });
}

const retry = (id: string) => transact(server.database, (tx) => requestRetry(tx, id));
const cancel = (id: string) => transact(server.database, (tx) => requestCancel(tx, id));

test('of ten who retry a failed job one gets its next run; the log goes on and the row is its fold', async () => {
  const { database } = server;
  const id = await failedJob();
  await database.artifact.create({
    data: {
      jobId: id,
      kind: 'history',
      fileName: 'bees-history.json',
      bytes: 1,
      sha256: 'a'.repeat(64),
      mediaType: 'application/json',
    },
  });
  const answers = await Promise.all(Array.from({ length: 10 }, () => retry(id)));
  expect(answers.filter(({ accepted }) => accepted)).toEqual([{ accepted: true, run: 2 }]);
  const refused = answers.filter(({ accepted }) => !accepted);
  expect(refused).toEqual(refused.map(() => ({ accepted: false, state: 'queued' })));

  const select = { ...FOLDED, run: true, events: true, outbox: true, artifacts: true } as const;
  const job = await database.job.findUniqueOrThrow({ where: { id }, select });
  expect(job).toMatchObject({ run: 2, seq: 4, state: 'queued', percent: 0, error: null });
  expect(job.events.map(({ run }) => run)).toEqual([1, 1, 1, 2]);
  const commands = job.outbox.map(({ command, run }) => `${command} ${run}`);
  expect(commands.toSorted()).toEqual(['start 1', 'start 2']);
  expect(job.artifacts.map(({ label }) => label)).toEqual(['run-1']);
  const events = job.events.map(({ seq, at, data }) => {
    return { seq, at, data: data as unknown as JobEventData };
  });
  expect(foldOf(job)).toEqual(foldEvents(events));
});

test('a retry and a cancel at once leave one story: queued, and then canceled or not', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const id = await failedJob();
    const [again, canceled] = await Promise.all([retry(id), cancel(id)]);
    expect(again).toEqual({ accepted: true, run: 2 });
    const { state } = await server.database.job.findUniqueOrThrow({ where: { id } });
    expect(state).toBe(canceled.accepted ? 'canceling' : 'queued');
    const outbox = await server.database.outbox.findMany({ where: { jobId: id, run: 2 } });
    const commands = outbox.map(({ command }) => command).toSorted();
    expect(commands).toEqual(canceled.accepted ? ['cancel', 'start'] : ['start']);
  }
});

test('what is in work, has succeeded or does not exist is not tried again', async () => {
  const order = sampleOrder();
  await transact(server.database, (tx) => createJob(tx, order));
  const id = order.job.videoId;
  expect(await retry(id)).toEqual({ accepted: false, state: 'queued' });
  await append(id, { ...RUNNING, percent: 0 });
  await cancel(id);
  expect(await retry(id)).toEqual({ accepted: false, state: 'canceling' });
  const failure = { ...FAILURE, code: 'Canceled' };
  await append(id, { type: 'job-failed', state: 'canceled', percent: 0, failure });
  expect(await retry(id)).toEqual({ accepted: true, run: 2 });
  expect(await retry(sampleOrder().job.videoId)).toEqual({ accepted: false });
});
