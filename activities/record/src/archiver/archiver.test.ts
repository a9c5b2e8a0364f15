import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostname } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { requestCancel, transact } from '@aura/database';
import type { JobRef } from '@aura/proto';
import { createLog } from '@aura/telemetry';
import { startRecording, type Recording } from '../testing/recording.js';
import { startTemporalServer, type TemporalServer } from '../testing/temporal-server.js';
import { loggedLines } from '../testing/logged-lines.js';
import { archiveDue } from './archive-due.js';
import { keepHouse } from './keep-house.js';
import { startArchiver, type ArchiverPace } from './start-archiver.js';

let at: Recording;
let server: TemporalServer;
beforeAll(async () => {
  [at, server] = await Promise.all([startRecording(), startTemporalServer()]);
}, 120_000);
afterAll(async () => {
  await Promise.all([at.stop(), server.stop()]);
});

test('the history of a job that has ended is exported once its workflow is closed', async () => {
  const job = await startedJob();
  await at.record.finish({ job, state: 'failed', warnings: [], replacements: [] });
  await archiving({}, async () => {
    await until(async () => (await commandsOf(job))[0]?.lastError !== null);
    expect((await commandsOf(job))[0]?.lastError).toMatch(/not closed/);
    await server.client.workflow.getHandle(`video-${job.videoId}`).terminate();
    await until(async () => (await commandsOf(job)).length === 0);
  });
  const file = await at.database.artifact.findUniqueOrThrow({
    where: { jobId_kind_label: { jobId: job.videoId, kind: 'history', label: '' } },
  });
  expect(file).toMatchObject({ fileName: 'how-bees-make-honey-history.json' });
  const { sha256, mediaType } = file;
  const json = await text(await at.store.read({ sha256, mediaType, bytes: Number(file.bytes) }));
  expect(json).not.toContain(hostname());
  const { events } = historyFromJSON(JSON.parse(json));
  const [first, last] = [events?.at(0), events?.at(-1)];
  expect(first?.workflowExecutionStartedEventAttributes).toBeTruthy();
  expect(last?.workflowExecutionTerminatedEventAttributes).toBeTruthy();
}, 120_000);

test('jobs whose workflow was ended from outside get their end, others are left alone', async () => {
  const terminated = await startedJob();
  const canceling = await startedJob();
  const running = await startedJob();
  const unknown = await newJob();
  const waiting = await at.newJob();
  await transact(at.database, (tx) => requestCancel(tx, canceling.videoId));
  for (const { videoId } of [terminated, canceling]) {
    await server.client.workflow.getHandle(`video-${videoId}`).terminate();
  }
  await archiving({ quietMs: 0, unknownMs: 60_000 }, async () => {
    await until(async () => (await stateOf(terminated)) === 'failed');
    await until(async () => (await stateOf(canceling)) === 'canceled');
    expect(await stateOf(unknown)).toBe('queued');
  });
  await archiving({ quietMs: 0, unknownMs: 0 }, async () => {
    await until(async () => (await stateOf(unknown)) === 'failed');
  });
  expect(await at.rowOf(terminated)).toMatchObject({
    error: { code: 'WorkflowTerminated' },
    failureDetails: expect.stringContaining('TERMINATED'),
  });
  expect(await at.rowOf(unknown)).toMatchObject({ error: { code: 'WorkflowTerminated' } });
  expect([await stateOf(running), await stateOf(waiting)]).toEqual(['queued', 'queued']);
}, 120_000);

test('a cancel that a running workflow may not have heard is told again', async () => {
  const job = await startedJob();
  await transact(at.database, (tx) => requestCancel(tx, job.videoId));
  await at.database.outbox.deleteMany({ where: { jobId: job.videoId } });
  const cancels = () =>
    at.database.outbox.count({ where: { jobId: job.videoId, command: 'cancel' } });
  await archiving({ quietMs: 60_000 }, () => sleep(300));
  expect(await cancels()).toBe(0);
  await archiving({ quietMs: 0 }, () => until(async () => (await cancels()) === 1));
  await server.client.workflow.getHandle(`video-${job.videoId}`).terminate();
}, 120_000);

test('a job that cannot be looked into does not keep the others from their end', async () => {
  const [odd, lost] = [await startedJob(), await startedJob()];
  for (const { videoId } of [odd, lost]) {
    await server.client.workflow.getHandle(`video-${videoId}`).terminate();
  }
  // A row that PostgreSQL refuses to change stands for whatever may be wrong with one job.
  await at.database.$executeRawUnsafe(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'odd'; END $$`);
  await at.database.$executeRawUnsafe(`
    CREATE TRIGGER refuse BEFORE UPDATE ON jobs FOR EACH ROW
    WHEN (old.id = '${odd.videoId}') EXECUTE FUNCTION refuse()`);
  await archiving({ quietMs: 0 }, () => until(async () => (await stateOf(lost)) === 'failed'));
  expect(await stateOf(odd)).toBe('queued');
  await at.database.$executeRawUnsafe('DROP TRIGGER refuse ON jobs');
}, 120_000);

test('a job that has just said something is not looked into', async () => {
  const job = await startedJob();
  await server.client.workflow.getHandle(`video-${job.videoId}`).terminate();
  await archiving({ quietMs: 60_000 }, () => sleep(300));
  expect(await stateOf(job)).toBe('queued');
});

test('a history that cannot be exported is told of with its job, its correlation and all causes', async () => {
  const job = await startedJob();
  await at.record.finish({ job, state: 'failed', warnings: [], replacements: [] });
  await server.client.workflow.getHandle(`video-${job.videoId}`).terminate();
  await at.database.outbox.deleteMany({ where: { jobId: { not: job.videoId } } });
  const { database, journal, ledger } = at;
  const store = Object.assign(Object.create(at.store), {
    putBytes: () => Promise.reject(new Error('outer', { cause: new Error('the inner cause') })),
  });
  const temporal = server.client;
  const lines = loggedLines();
  const dependencies = { database, store, journal, ledger, temporal, log: lines.log };
  await archiveDue(dependencies, new AbortController().signal);
  const [line] = lines.of('history not exported yet');
  expect(line).toMatchObject({ videoId: job.videoId, correlationId: job.correlationId });
  expect(JSON.stringify(line)).toContain('the inner cause');
  expect((await commandsOf(job))[0]?.lastError).toContain('the inner cause');
  await at.database.outbox.deleteMany();
}, 120_000);

test('waits for a Temporal that is away, and can be stopped all the same', async () => {
  const { database, store, journal, ledger } = at;
  const log = createLog('test', 'silent');
  const nowhere = new Client({ connection: Connection.lazy({ address: '127.0.0.1:9' }) });
  const job = await newJob();
  await at.record.finish({ job, state: 'failed', warnings: [], replacements: [] });
  const archiver = startArchiver({ database, store, journal, ledger, temporal: nowhere, log });
  await until(async () => (await commandsOf(job))[0]?.attempts === 1);
  const startedAt = Date.now();
  await archiver.stop();
  expect(Date.now() - startedAt).toBeLessThan(9_000);
  expect(await commandsOf(job)).toHaveLength(1);
  await nowhere.connection.close();
}, 120_000);

test('housekeeping deletes what has had its time, and jobs only where it is told to', async () => {
  const [old, young] = [await newJob(), await newJob()];
  for (const job of [old, young])
    await at.record.finish({ job, state: 'failed', warnings: [], replacements: [] });
  await at.database.outbox.deleteMany();
  await at.database.$executeRaw`
    INSERT INTO idempotency_keys (tenant_id, route, key, request_hash, job_id, created_at)
    VALUES ('local', 'r', 'old', 'h', gen_random_uuid(), now() - interval '25 hours'),
           ('local', 'r', 'young', 'h', gen_random_uuid(), now() - interval '23 hours')`;
  const { database, store, ledger } = at;
  const log = createLog('test', 'silent');
  const dependencies = { database, store, ledger, log };
  await keepHouse(dependencies, {});
  const keys = await database.idempotencyKey.findMany();
  expect(keys.map(({ key }) => key)).toEqual(['young']);
  expect(await database.job.count({ where: { id: { in: [old.videoId, young.videoId] } } })).toBe(2);
  await sleep(50);
  await keepHouse(dependencies, { keepJobsMs: 60_000 });
  expect(await database.job.count({ where: { id: old.videoId } })).toBe(1);
  await keepHouse(dependencies, { keepJobsMs: 10 });
  expect(await database.jobEvent.count({ where: { jobId: old.videoId } })).toBe(0);
});

/** A job whose start was delivered, with the workflow that was started. */
async function startedJob(): Promise<JobRef> {
  const job = await newJob();
  await server.start(job.videoId);
  return job;
}

async function newJob(): Promise<JobRef> {
  const job = await at.newJob();
  await at.database.outbox.deleteMany({ where: { jobId: job.videoId } });
  return job;
}

async function archiving(pace: Partial<ArchiverPace>, meanwhile: () => Promise<void>) {
  const { database, store, journal, ledger } = at;
  const archiver = startArchiver({
    database,
    store,
    journal,
    ledger,
    temporal: server.client,
    log: createLog('test', 'silent'),
    pace: { everyMs: 50, sweepEveryMs: 50, ...pace },
  });
  try {
    await meanwhile();
  } finally {
    await archiver.stop();
  }
}

async function commandsOf({ videoId }: JobRef) {
  return at.database.outbox.findMany({ where: { jobId: videoId, command: 'archive' } });
}

async function stateOf(job: JobRef): Promise<string> {
  return (await at.rowOf(job)).state;
}

async function until(holds: () => Promise<boolean>) {
  for (let tries = 0; tries < 250; tries += 1) {
    if (await holds()) return;
    await sleep(40);
  }
  throw new Error('it did not come to hold within 10 s');
}
