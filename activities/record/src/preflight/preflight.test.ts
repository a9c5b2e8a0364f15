import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '@aura/failure';
import { UNITS, type PreflightRequest, type WorkerReport } from '@aura/proto';
import { createDatabase } from '@aura/database';
import { sampleOrder } from '@aura/database/testing';
import { Client, Connection } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createRecordActivities } from '../create-record-activities.js';
import { SETTINGS, startRecording, type Recording } from '../testing/recording.js';
import { startTemporalServer, type TemporalServer } from '../testing/temporal-server.js';
import { LONGEST_PREFLIGHT_MS } from './preflight.js';

let at: Recording;
let server: TemporalServer;
beforeAll(async () => {
  [at, server] = await Promise.all([startRecording(), startTemporalServer()]);
  server.poll('record');
}, 120_000);
beforeEach(() => at.database.workerState.deleteMany());
afterAll(async () => {
  await Promise.all([at.stop(), server.stop()]);
});

// The tests build on each other's pollers: a queue that was polled once counts as polled for a minute.

test('a queue that nobody serves fails the job with its name, after a moment of patience', async () => {
  await at.record.publishWorker(worker());
  server.poll('script', 'voice', 'visuals');
  const failure = await failureOf(preflight(1_500));
  expect(failure.code).toBe('NoWorker:aura-compose-cpu');
  expect(failure.details).toContain('aura-compose-cpu');
});

test('a worker that is only just starting is waited for, poller and report', async () => {
  const asked = preflight(15_000);
  await sleep(300);
  server.poll('compose-cpu');
  await sleep(300);
  await at.record.publishWorker(worker());
  const report = await asked;
  expect(report).toMatchObject({
    chains: { script: ['rule-based'], voice: ['flite', 'espeak-ng'], visuals: ['cards'] },
    gpu: false,
    limits: { lanes: 4, heartbeatTimeoutMs: 15_000 },
  });
  expect(report.checks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'Brief Healthy',
    'Worker:script Healthy',
    'Worker:voice Healthy',
    'Worker:visuals Healthy',
    'Worker:compose-cpu Healthy',
    'ffmpeg Healthy',
    'Providers:script Healthy',
    'Providers:voice Healthy',
    'Providers:visuals Healthy',
  ]);
}, 120_000);

test('however slowly everybody answers, it ends before its own limit, which would be final', () => {
  expect(LONGEST_PREFLIGHT_MS).toBeLessThanOrEqual(UNITS.preflight.timeoutMs - 1_000);
});

test('what will not pass by itself fails at once', async () => {
  const checks = [{ name: 'ffmpeg', status: 'Unhealthy', detail: 'ffmpeg cannot be started' }];
  await at.record.publishWorker({ ...worker(), checks });
  const startedAt = Date.now();
  expect((await failureOf(preflight(15_000))).code).toBe('FFmpegNotFound');
  expect(Date.now() - startedAt).toBeLessThan(5_000);
});

test('a report that is older than a minute counts for nothing', async () => {
  await at.record.publishWorker(worker());
  await at.database.$executeRaw`UPDATE worker_states SET at = at - interval '61 seconds'`;
  expect((await failureOf(preflight(0))).code).toBe('NoWorker:aura-script');
  await at.record.publishWorker(worker());
  expect((await preflight(0)).chains.script).toEqual(['rule-based']);
});

test('a worker that serves nothing any more is forgotten at once', async () => {
  await at.record.publishWorker(worker());
  await at.record.publishWorker({ ...worker(), stages: [] });
  expect(await at.database.workerState.count()).toBe(0);
});

test('a GPU worker that polls is seen', async () => {
  await at.record.publishWorker(worker());
  await at.record.publishWorker({ ...worker(), workerId: 'gpu', stages: ['compose-gpu'] });
  server.poll('compose-gpu');
  await sleep(500);
  expect((await preflight(0)).gpu).toBe(true);
});

test('an outage of PostgreSQL or Temporal is a failure that may be tried again', async () => {
  const { database, store } = at;
  const noDatabase = createDatabase('postgresql://nobody@127.0.0.1:9/nothing');
  const noTemporal = new Client({ connection: Connection.lazy({ address: '127.0.0.1:9' }) });
  const rest = { store, journal: at.journal, settings: SETTINGS, patienceMs: 0 };
  const [first, second] = await Promise.all([
    failureOf(
      createRecordActivities({ ...rest, database: noDatabase, temporal: server.client }).preflight(
        request(),
      ),
    ),
    failureOf(
      createRecordActivities({ ...rest, database, temporal: noTemporal }).preflight(request()),
    ),
  ]);
  expect([first.code, second.code]).toEqual(['DatabaseUnavailable', 'TransientNetworkFailure']);
  expect([first.entry.retryable, second.entry.retryable]).toEqual([true, true]);
  expect(UNITS.preflight.retries).toBeGreaterThan(100);
  await noTemporal.connection.close();
  await noDatabase.$disconnect();
});

test('a cancel ends the waiting', async () => {
  const environment = new MockActivityEnvironment();
  const waiting = environment.run(() => preflight(15_000));
  await sleep(200);
  environment.cancel();
  await expect(waiting).rejects.toThrow(/cancel/i);
});

test('what a job may spend is fixed with everything else, and what a day has is shared', async () => {
  await at.record.publishWorker(worker());
  const budget = { capUsd: 0.75, strict: false };
  const first = await activities(0).preflight({ ...(await stored()), budget });
  const second = await activities(0, 1).preflight({ ...(await stored()), budget });
  expect([first.capUsd, second.capUsd]).toEqual([0.75, 0.25]);
  expect([first.capOfDay, second.capOfDay]).toEqual([undefined, true]);
  expect((await activities(0).preflight(await stored())).capUsd).toBeUndefined();
});

/** A request of a job that is in the database. */
async function stored(): Promise<PreflightRequest> {
  return { ...request(), job: await at.newJob() };
}

function activities(patienceMs: number, AURA_DAY_BUDGET_USD?: number) {
  const { database, store, journal } = at;
  const temporal = server.client;
  return createRecordActivities({
    database,
    store,
    journal,
    temporal,
    settings: { ...SETTINGS, AURA_DAY_BUDGET_USD },
    patienceMs,
  });
}

function preflight(patienceMs: number) {
  return activities(patienceMs).preflight(request());
}

function request(): PreflightRequest {
  const { job, brief, voice, render } = sampleOrder();
  return { job, brief, voice, render };
}

async function failureOf(asked: Promise<unknown>): Promise<Failure> {
  return asked.then(
    () => Promise.reject(new Error('nothing failed')),
    (error: Failure) => error,
  );
}

function worker(): WorkerReport {
  const provider = { usable: true, reason: '', languages: [] };
  return {
    workerId: 'worker',
    stages: ['script', 'voice', 'visuals', 'compose-cpu'],
    providers: [
      { ...provider, name: 'rule-based', stage: 'script' },
      { ...provider, name: 'flite', stage: 'voice', languages: ['en'] },
      { ...provider, name: 'espeak-ng', stage: 'voice', languages: ['en', 'de'] },
      { ...provider, name: 'cards', stage: 'visuals' },
    ],
    checks: [{ name: 'ffmpeg', status: 'Healthy', detail: 'ffmpeg 5.1' }],
  };
}
