import { afterAll, beforeAll, expect, test } from 'vitest';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJob, requestCancel, requestPause, transact } from '@aura/database';
import { sampleOrder, startTestDatabase, type TestDatabase } from '@aura/database/testing';
import { createLog } from '@aura/telemetry';
import { Reconciler } from './reconciler.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
}, 120_000);
afterAll(() => server.stop());

test('a cancel that comes between the look at Temporal and the start of another gateway is kept', async () => {
  const { database } = server;
  const { job, ...order } = sampleOrder();
  await transact(database, (tx) => createJob(tx, { job, ...order }));
  await transact(database, (tx) => requestCancel(tx, job.videoId));
  const start = { jobId: job.videoId, command: 'start' };
  // The other gateway has taken the start.
  await database.outbox.updateMany({ where: start, data: { notBefore: new Date('2100-01-01') } });
  let asked = 0;
  const engine = {
    start: () => Promise.resolve(),
    cancel: async () => {
      asked += 1;
      if (asked > 1) return true;
      await database.outbox.deleteMany({ where: start });
      return false;
    },
    pause: () => Promise.resolve(true),
  };
  const log = createLog('test', 'silent');
  const reconciler = new Reconciler({ database, engine, log, pollMs: 50 });
  reconciler.start();
  for (let tries = 0; tries < 200 && (await database.outbox.count()) > 0; tries += 1) {
    await sleep(25);
  }
  await reconciler.close();
  expect(asked).toBe(2);
  expect(await database.outbox.count()).toBe(0);
});

test('a job that is paused before its start is due is told so right after it, and nothing is tried before', async () => {
  const { database } = server;
  const order = sampleOrder();
  const jobId = order.job.videoId;
  await transact(database, (tx) => createJob(tx, order));
  const dueAt = new Date(Date.now() + 700);
  await database.outbox.updateMany({ where: { jobId }, data: { notBefore: dueAt } });
  await transact(database, (tx) => requestPause(tx, jobId));
  const calls: string[] = [];
  const called = (name: string) => async () => {
    calls.push(name);
    return true;
  };
  const engine = { start: async () => {}, cancel: called('cancel'), pause: called('pause') };
  engine.start = async () => {
    calls.push(Date.now() >= dueAt.getTime() - 50 ? 'start' : 'start too early');
  };
  const { log, told } = loggedLines();
  const reconciler = new Reconciler({ database, engine, log, pollMs: 50 });
  reconciler.start();
  for (let tries = 0; tries < 200 && (await database.outbox.count()) > 0; tries += 1) {
    await sleep(25);
  }
  await reconciler.close();
  expect(calls).toEqual(['start', 'pause']);
  expect(told()).toEqual([]);
});

test.each([
  ['refuses', new Error('too many workflows'), 'temporal could not be told; it is tried again', 3],
  ['is away', { code: 14 }, 'temporal does not answer; it is tried again', 1],
])(
  'when Temporal %s, each log line names job and correlation, and an outage is told once',
  async (_, error, message, lines) => {
    const { database } = server;
    const orders = [sampleOrder(), sampleOrder(), sampleOrder()];
    for (const order of orders) await transact(database, (tx) => createJob(tx, order));
    const { log, told } = loggedLines();
    const engine = {
      start: () => Promise.reject(error),
      cancel: async () => true,
      pause: async () => true,
    };
    const reconciler = new Reconciler({ database, engine, log, pollMs: 20 });
    reconciler.start();
    const isTried = { lastError: { not: null } };
    for (let tries = 0; tries < 200; tries += 1) {
      if ((await database.outbox.count({ where: isTried })) === orders.length) break;
      await sleep(25);
    }
    await reconciler.close();
    await database.outbox.deleteMany();
    const found = told().filter(({ msg }) => msg === message);
    const jobs = orders.map(({ job: { videoId, correlationId } }) => ({ videoId, correlationId }));
    expect(found).toHaveLength(lines);
    for (const line of found) {
      expect(jobs).toContainEqual({
        videoId: line['videoId'],
        correlationId: line['correlationId'],
      });
      expect(line['command']).toBe('start');
    }
  },
);

function loggedLines() {
  const stream = new PassThrough();
  const told = () =>
    String(stream.read() ?? '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log: createLog('test', 'info', { to: stream }), told };
}
