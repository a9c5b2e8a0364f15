import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createJob } from './create-job.js';
import { requestRetry } from './request-retry.js';
import {
  dayLeftUsd,
  raiseAllowance,
  reserveAllowance,
  type AllowanceWish,
} from './reserve-allowance.js';
import { sampleOrder, startTestDatabase, type TestDatabase } from './testing/test-database.js';
import { transact } from './transact.js';

let server: TestDatabase;
beforeAll(async () => {
  server = await startTestDatabase();
}, 120_000);
beforeEach(() => server.database.job.deleteMany());
afterAll(() => server.stop());

const reserve = (jobId: string, wish: Partial<AllowanceWish>) =>
  reserveAllowance(server.database, {
    jobId,
    tenantId: 'local',
    capUsd: undefined,
    expectedUsd: 0.5,
    dayBudgetUsd: undefined,
    ...wish,
  });

test('without a cap and without a day’s budget nothing limits a job', async () => {
  expect(await reserve(await newJob(), {})).toBeUndefined();
});

test('a job gets its own cap, and asked again the same', async () => {
  const job = await newJob();
  expect(await reserve(job, { capUsd: 2 })).toBe(2);
  expect(await reserve(job, { capUsd: 5 })).toBe(2);
});

test('jobs at the same time never reserve more than the day has', async () => {
  const jobs = await Promise.all(Array.from({ length: 12 }, newJob));
  const allowances = await Promise.all(
    jobs.map((job) => reserve(job, { capUsd: 0.4, dayBudgetUsd: 1 })),
  );
  const given = allowances.map((usd) => Math.round((usd ?? -1) * 100)).toSorted((a, b) => b - a);
  expect(await dayLeftUsd(server.database, 'local', 1)).toBeCloseTo(0);
  expect(await dayLeftUsd(server.database, 'local', 1.25)).toBeCloseTo(0.25);
  expect(await dayLeftUsd(server.database, 'others', 1)).toBe(1);
  expect(await dayLeftUsd(server.database, 'local', undefined)).toBeUndefined();
  expect(given).toEqual([40, 40, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});

test('a job without a cap takes what it is expected to cost, so that the next one gets something too', async () => {
  expect(await reserve(await newJob(), { dayBudgetUsd: 0.8 })).toBe(0.5);
  expect(await reserve(await newJob(), { dayBudgetUsd: 0.8 })).toBeCloseTo(0.3);
});

test('of a job that has ended what it has cost counts, unknown outcomes included', async () => {
  const job = await newJob();
  await reserve(job, { capUsd: 1, dayBudgetUsd: 1 });
  expect(await reserve(await newJob(), { capUsd: 1, dayBudgetUsd: 1 })).toBe(0);
  await server.database.$executeRaw`
    UPDATE jobs SET state = 'canceled', canceled_at = now(), ended_at = now(),
      cost = '{"sureUsd": 0.25, "possibleUsd": 0.05}' WHERE id = ${job}::uuid`;
  expect(await reserve(await newJob(), { capUsd: 1, dayBudgetUsd: 1 })).toBeCloseTo(0.7);
});

test('the next run of a job reserves anew, with what the runs before have cost in it', async () => {
  const job = await newJob();
  const end = async (usd: number) => {
    const cost = { sureUsd: usd, possibleUsd: 0 };
    const state = { state: 'failed', endedAt: new Date(), error: { code: 'API_ERROR' } };
    await server.database.job.update({ where: { id: job }, data: { ...state, cost } });
  };
  expect(await reserve(job, { capUsd: 0.6, dayBudgetUsd: 1 })).toBe(0.6);
  await end(0.2);
  // Meanwhile another takes most of what it has given back.
  expect(await reserve(await newJob(), { capUsd: 0.7, dayBudgetUsd: 1 })).toBeCloseTo(0.7);
  expect(await again(job)).toMatchObject({ accepted: true, run: 2 });
  // While it waits, what it has cost stays counted.
  expect(await dayLeftUsd(server.database, 'local', 1)).toBeCloseTo(0.1);
  expect(await reserve(job, { capUsd: 0.6, dayBudgetUsd: 1 })).toBeCloseTo(0.3);
  expect(await reserve(job, { capUsd: 0.6, dayBudgetUsd: 1 })).toBeCloseTo(0.3);
  expect(await dayLeftUsd(server.database, 'local', 1)).toBeCloseTo(0);
  await end(0.3);
  await again(job);
  // Without a cap of its own: what is spent, and what one run is expected to cost.
  expect(await reserve(job, { expectedUsd: 0.5, dayBudgetUsd: 5 })).toBeCloseTo(0.8);
});

const again = (id: string) => transact(server.database, (tx) => requestRetry(tx, id));

test('a job that is deleted gives the day nothing back', async () => {
  const spent = { jobId: randomUUID(), tenantId: 'local', usd: 0.4, endedAt: new Date() };
  await server.database.deletedCost.create({ data: spent });
  expect(await reserve(await newJob(), { capUsd: 1, dayBudgetUsd: 1 })).toBeCloseTo(0.6);
  await server.database.deletedCost.deleteMany();
});

test('yesterday has had its own budget; what runs on past midnight is today’s too', async () => {
  const old = await newJob();
  expect(await reserve(old, { capUsd: 1, dayBudgetUsd: 1 })).toBe(1);
  await setBack(old, 'created_at');
  expect(await reserve(await newJob(), { capUsd: 1, dayBudgetUsd: 1 })).toBe(0);
  await server.database.$executeRaw`
    UPDATE jobs SET state = 'canceled', canceled_at = now(), ended_at = now(),
      cost = '{"sureUsd": 0.25, "possibleUsd": 0.05}' WHERE id = ${old}::uuid`;
  expect(await reserve(await newJob(), { capUsd: 1, dayBudgetUsd: 1 })).toBeCloseTo(0.7);
  await server.database.job.deleteMany({ where: { id: { not: old } } });
  await setBack(old, 'ended_at');
  expect(await reserve(await newJob(), { capUsd: 1, dayBudgetUsd: 1 })).toBe(1);
});

test('a job that stands still holds its part of the day on which it came to stand, and of no other', async () => {
  const job = await newJob();
  const wish = { capUsd: 1, dayBudgetUsd: 1 };
  expect(await reserve(job, wish)).toBe(1);
  await server.database.job.update({ where: { id: job }, data: { state: 'paused' } });
  expect(await dayLeftUsd(server.database, 'local', 1)).toBe(0);
  await setBack(job, 'updated_at');
  expect(await dayLeftUsd(server.database, 'local', 1)).toBe(1);
  const raise = { jobId: job, tenantId: 'local', capUsd: 3, dayBudgetUsd: 1.5 };
  expect(await transact(server.database, (tx) => raiseAllowance(tx, raise))).toBe(1.5);
});

test('a job that is not there gets no leave to spend whatever it likes', async () => {
  await expect(reserve(sampleOrder().job.videoId, { capUsd: 1 })).rejects.toMatchObject({
    code: 'JobNotFound',
    retryable: false,
  });
});

/** When a job was made and ended cannot be changed, save by who switches the triggers off. */
async function setBack(
  jobId: string,
  column: 'created_at' | 'ended_at' | 'updated_at',
): Promise<void> {
  await server.database.$transaction([
    server.database.$executeRaw`SET LOCAL session_replication_role = replica`,
    server.database.$executeRawUnsafe(
      `UPDATE jobs SET ${column} = ${column} - interval '1 day' WHERE id = '${jobId}'`,
    ),
  ]);
}

async function newJob(): Promise<string> {
  const order = sampleOrder();
  await transact(server.database, (tx) => createJob(tx, order));
  return order.job.videoId;
}
