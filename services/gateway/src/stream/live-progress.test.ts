import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '@aura/telemetry';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PendingUnit } from './pending-units.js';
import { LiveProgressPoller, type JobInWork, type LiveProgress } from './live-progress.js';

const INTERVAL_MS = 20;
let rows: Map<string, JobInWork>;
let units: PendingUnit[];
let looks: string[];
let isDown: boolean;
let poller: LiveProgressPoller;

beforeEach(() => {
  const row = { run: 1, state: 'running', stage: 'voice', percent: 30, message: '', scenesDone: 0 };
  rows = new Map(['a', 'b', 'c'].map((jobId) => [jobId, { ...row, jobId, scenesTotal: 5 }]));
  [units, looks, isDown] = [[], [], false];
  poller = new LiveProgressPoller({
    readJobs: async (ids) => ids.flatMap((id) => rows.get(id) ?? []),
    pendingUnits: async (jobId) => {
      looks.push(jobId);
      if (isDown) throw new Error('down');
      return units;
    },
    log: createLog('test', 'silent'),
    intervalMs: INTERVAL_MS,
    maxJobs: 2,
  });
});
afterEach(() => poller.close());

function watch(jobId: string) {
  const told: LiveProgress[] = [];
  return { told, stop: poller.watch(jobId, (progress) => told.push(progress)) };
}

function narrating(percent: number): void {
  units = [{ unit: 'narrateScene', percent, detail: 'speaking', waits: false }];
}

test('nobody watches, nothing is asked', async () => {
  const { stop } = watch('a');
  await sleep(3 * INTERVAL_MS);
  expect(looks.length).toBeGreaterThan(0);
  stop();
  looks = [];
  await sleep(3 * INTERVAL_MS);
  expect(looks).toEqual([]);
});

test('many watchers of a job are one look, at most once per interval', async () => {
  const watchers = Array.from({ length: 50 }, () => watch('a'));
  narrating(50);
  await sleep(10 * INTERVAL_MS);
  expect(looks.length).toBeLessThanOrEqual(11);
  for (const { told } of watchers) expect(told.length).toBeGreaterThan(0);
});

test('nothing is told twice, and the percentage is that of the row whatever a heartbeat says', async () => {
  const { told } = watch('a');
  for (const percent of [20, 90, 90, 10]) {
    narrating(percent);
    await sleep(3 * INTERVAL_MS);
  }
  expect(told.map(({ percent }) => percent)).toEqual([30, 30, 30]);
  expect(told.map(({ units: [unit] }) => unit?.percent)).toEqual([20, 90, 10]);
  expect(told.at(-1)).toMatchObject({ message: 'speaking', scenesTotal: 5 });
});

test('only as many jobs as the limit says are looked at, and none that waits or has ended', async () => {
  for (const jobId of ['a', 'b', 'c']) watch(jobId);
  await sleep(3 * INTERVAL_MS);
  expect([...new Set(looks)]).toEqual(['a', 'b']);
  rows.set('a', { ...rows.get('a')!, state: 'succeeded' });
  rows.set('b', { ...rows.get('b')!, state: 'queued' });
  looks = [];
  await sleep(3 * INTERVAL_MS);
  expect([...new Set(looks)]).toEqual(['c']);
});

test('while Temporal is down there is no live progress, and it is left alone', async () => {
  const { told } = watch('a');
  isDown = true;
  await sleep(10 * INTERVAL_MS);
  expect([told.length, looks.length]).toEqual([0, 1]);
});
