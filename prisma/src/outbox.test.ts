import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJob } from './create-job.js';
import { backOffMs, postponeOutbox, settleOutbox, takeOutbox } from './outbox.js';
import { sampleOrder, startTestDatabase, type TestDatabase } from './testing/test-database.js';
import { transact } from './transact.js';

/** Longer than a busy machine takes for two statements. */
const LEASE_MS = 1_500;

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
}, 120_000);
beforeEach(() => server.database.job.deleteMany());
afterAll(() => server.stop());

const take = (limit = 10, leaseMs = 60_000) =>
  takeOutbox(server.database, ['start'], { limit, leaseMs });

test('many takers at once take every command exactly once, the oldest first', async () => {
  const ids = await newJobs(40);
  const [first] = await take(1);
  expect(first).toMatchObject({ jobId: ids[0], command: 'start', attempts: 1 });
  const rest = (await Promise.all(Array.from({ length: 8 }, () => take()))).flat();
  expect(rest.map(({ jobId }) => jobId).toSorted()).toEqual(ids.slice(1).toSorted());
  expect(await take()).toEqual([]);
});

test('a command whose taker died is due again after its lease; a settled one never', async () => {
  await newJobs(2);
  const [dead, done] = await take(2, LEASE_MS);
  await settleOutbox(server.database, done!);
  await settleOutbox(server.database, done!);
  expect(await take()).toEqual([]);
  await sleep(LEASE_MS + 50);
  expect(await take()).toEqual([{ ...dead, attempts: 2 }]);
});

test('a postponed command is due after its delay and remembers why', async () => {
  await newJobs(1);
  const [row] = await take();
  await postponeOutbox(server.database, row!, {
    delayMs: LEASE_MS,
    reason: 'Temporal\u0000is away',
  });
  expect(await take()).toEqual([]);
  await sleep(LEASE_MS + 50);
  expect(await take()).toHaveLength(1);
  const [kept] = await server.database.outbox.findMany();
  expect(kept?.lastError).toBe('Temporal\uFFFDis away');
});

test('the pause doubles up to its limit', () => {
  const pauses = [1, 2, 3, 4, 5, 100].map((attempts) => backOffMs(attempts, 10_000));
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

async function newJobs(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const order = sampleOrder();
    await transact(server.database, (tx) => createJob(tx, order));
    ids.push(order.job.videoId);
  }
  return ids;
}
