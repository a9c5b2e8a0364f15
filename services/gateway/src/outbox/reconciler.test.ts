import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJob, requestCancel, transact } from '@aura/database';
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
