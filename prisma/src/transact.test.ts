import { afterAll, beforeAll, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDatabase } from './create-database.js';
import { createJob } from './create-job.js';
import { requestCancel } from './request-cancel.js';
import { sampleOrder, startTestDatabase, type TestDatabase } from './testing/test-database.js';
import { transact } from './transact.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
}, 120_000);
afterAll(() => server.stop());

test('a connection that is killed in the middle costs a second attempt, and the work is done once', async () => {
  const order = sampleOrder();
  let attempts = 0;
  await transact(server.database, async (tx) => {
    attempts += 1;
    await createJob(tx, order);
    if (attempts === 1) await tx.$executeRaw`SELECT pg_terminate_backend(pg_backend_pid())`;
  });
  expect(attempts).toBe(2);
  expect(await server.database.jobEvent.count({ where: { jobId: order.job.videoId } })).toBe(1);
});

test('a connection that is killed while idle in a transaction does the same', async () => {
  let attempts = 0;
  await transact(server.database, async (tx) => {
    attempts += 1;
    const [{ pid } = { pid: 0 }] = await tx.$queryRaw<
      { pid: number }[]
    >`SELECT pg_backend_pid() AS pid`;
    if (attempts === 1) await server.database.$executeRaw`SELECT pg_terminate_backend(${pid})`;
    await sleep(50);
    await tx.job.count();
  });
  expect(attempts).toBe(2);
});

test('a deadlock is resolved by running the loser again', async () => {
  const orders = [sampleOrder(), sampleOrder()] as const;
  for (const order of orders) await transact(server.database, (tx) => createJob(tx, order));
  const [a, b] = [orders[0].job.videoId, orders[1].job.videoId];
  let runs = 0;
  const both = (first: string, second: string) =>
    transact(server.database, async (tx) => {
      runs += 1;
      await tx.$queryRaw`SELECT id FROM jobs WHERE id = ${first}::uuid FOR UPDATE`;
      await sleep(200);
      await tx.$queryRaw`SELECT id FROM jobs WHERE id = ${second}::uuid FOR UPDATE`;
    });
  await Promise.all([both(a, b), both(b, a)]);
  expect(runs).toBeGreaterThan(2);
});

test('where the reply to a commit was lost, doing it again finds it done', async () => {
  const order = sampleOrder();
  await transact(server.database, (tx) => createJob(tx, order));
  await transact(server.database, (tx) => requestCancel(tx, order.job.videoId));
  const again = await transact(server.database, async (tx) => ({
    job: await createJob(tx, order),
    cancel: await requestCancel(tx, order.job.videoId),
  }));
  expect(again).toMatchObject({
    job: { created: false },
    cancel: { reason: 'JobAlreadyCanceled' },
  });
  expect(await server.database.jobEvent.count({ where: { jobId: order.job.videoId } })).toBe(2);
});

test('what the work itself throws is not tried again', async () => {
  let attempts = 0;
  const refused = transact(server.database, async (tx) => {
    attempts += 1;
    await tx.job.count();
    throw new RangeError('no');
  });
  await expect(refused).rejects.toThrow(RangeError);
  const invalid = transact(server.database, async (tx) => {
    attempts += 1;
    await tx.$executeRaw`INSERT INTO outbox (job_id, command) VALUES (gen_random_uuid(), 'start')`;
  });
  await expect(invalid).rejects.toThrow(/foreign key/i);
  expect(attempts).toBe(2);
});

test('a server that is not there is named by its code', async () => {
  const nowhere = createDatabase('postgresql://aura@127.0.0.1:9/aura');
  const asked = transact(nowhere, (tx) => tx.job.count(), { attempts: 3, pauseMs: 10 });
  await expect(asked).rejects.toMatchObject({ code: 'DatabaseUnavailable' });
  await nowhere.$disconnect();
});
