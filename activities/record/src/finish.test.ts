import { writeFile, mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { raiseAllowance, requestPause, reserveAllowance, transact } from '@aura/database';
import type { DecideRequest, JobRef, MakeVideoInput, Script } from '@aura/proto';
import { CallJournal } from '@aura/provider';
import { LocalLedger } from '@aura/storage';
import { finish } from './finish.js';
import { questionAt } from './testing/question.js';
import { startRecording, type Recording } from './testing/recording.js';

let at: Recording;
let folder: string;
beforeAll(async () => {
  at = await startRecording();
  folder = await mkdtemp(path.join(tmpdir(), 'aura-finish-'));
}, 120_000);
afterAll(async () => {
  await at.stop();
  await rm(folder, { recursive: true, force: true });
});

const reserve = ({ videoId, tenantId }: JobRef, dayBudgetUsd: number) =>
  reserveAllowance(at.database, {
    jobId: videoId,
    tenantId,
    capUsd: 0.5,
    expectedUsd: 0.5,
    dayBudgetUsd,
  });

test('a job whose journal cannot be read ends all the same, and counts as having spent what it was allowed', async () => {
  const job = await at.newJob();
  expect(await reserve(job, 1)).toBe(0.5);
  await mkdir(path.join(folder, 'ledger'));
  await writeFile(path.join(folder, 'ledger', job.videoId), 'where its book should be');
  const journal = new CallJournal(new LocalLedger(folder));
  await expect(journal.calls(job.videoId)).rejects.toThrow();
  const ended = { job, state: 'failed' as const, warnings: [], replacements: [] };
  await finish({ database: at.database, store: at.store, journal }, ended);
  const { state, cost } = await at.rowOf(job);
  expect(state).toBe('failed');
  expect(cost).toMatchObject({ sureUsd: 0, possibleUsd: 0.5 });
  expect(await reserve(await at.newJob(), 0.8)).toBeCloseTo(0.3);
});

test('a job that has called nobody has cost nothing', async () => {
  const job = await at.newJob();
  await reserve(job, 100);
  await at.record.finish({ job, state: 'failed', warnings: [], replacements: [] });
  const nothing = { sureUsd: 0, possibleUsd: 0, calls: 0, byProvider: [], unknown: [] };
  expect((await at.rowOf(job)).cost).toMatchObject(nothing);
});

const nothing = { warnings: [], replacements: [] };
const failureOf = (code: string) => {
  const place = { stage: 'voice', step: 'narration', sceneId: 's01', correlationId: 'test' };
  return { code, message: 'Failed.', remediation: '', details: '', fault: 'provider', ...place };
};

test('a job that fails of what may pass is tried again by itself, later each time, and not more often than it may', async () => {
  const { videoId: id } = await at.newJob();
  await at.database.job.update({ where: { id }, data: { autoRetry: 2 } });
  const delays: number[] = [];
  for (const run of [1, 2, 3]) {
    const job = { videoId: id, run, tenantId: 'local', correlationId: 'test' };
    await at.record.begin({ job });
    const end = { job, state: 'failed', failure: failureOf('API_ERROR'), ...nothing } as const;
    // Told twice, as after a lost answer, it is followed once.
    await at.record.finish(end);
    await at.record.finish(end);
    const start = await at.database.outbox.findFirst({
      where: { jobId: id, command: 'start', run: run + 1 },
    });
    const row = await at.database.job.findUniqueOrThrow({ where: { id } });
    if (!start) expect(row).toMatchObject({ state: 'failed', run: 3, autoRuns: 2 });
    else {
      expect(row).toMatchObject({ state: 'queued', run: run + 1, retryAt: start.notBefore });
      delays.push(Math.round((start.notBefore.getTime() - row.queuedAt.getTime()) / 1_000));
    }
  }
  expect(delays).toEqual([30, 120]);
  const events = await at.database.jobEvent.findMany({
    where: { jobId: id },
    orderBy: { seq: 'asc' },
  });
  const queued = events.map(({ data }) => data as { state?: string; message?: string });
  expect(queued.filter(({ state }) => state === 'queued').map(({ message }) => message)).toEqual([
    '',
    'Tried again by itself in 30 s (1 of 2)',
    'Tried again by itself in 120 s (2 of 2)',
  ]);
});

test('what does not pass by itself is not tried again, nor is a job that nobody wanted that of, nor one that was canceled', async () => {
  const cases = [
    ['ScriptInvalid', 'failed', 3],
    ['AUTH_FAILED', 'failed', 3],
    ['BUDGET_EXCEEDED', 'failed', 3],
    ['OutOfDiskSpace', 'failed', 3],
    ['InternalError', 'failed', 3],
    ['API_ERROR', 'failed', 0],
    ['Canceled', 'canceled', 3],
  ] as const;
  for (const [code, state, autoRetry] of cases) {
    const job = await at.newJob();
    const where = { id: job.videoId };
    await at.database.job.update({ where, data: { autoRetry } });
    await at.record.begin({ job });
    await at.record.finish({ job, state, failure: failureOf(code), ...nothing });
    expect([code, await at.rowOf(job)]).toMatchObject([code, { state, run: 1 }]);
  }
});

test('a question waits for its answer; a rejected one has the job canceled, and its end keeps the reason', async () => {
  const job = await at.newJob();
  const ask = (message: string) =>
    at.record.ask({ job, approval: questionAt('2026-01-01T00:00:00.000Z'), message });
  expect((await ask('Waits')).state).toBe('awaiting-approval');
  expect((await ask('Waits')).seq).toBe((await ask('Waits')).seq);
  const reminded = await ask('Reminder: Waits');
  expect(await at.rowOf(job)).toMatchObject({
    state: 'awaiting-approval',
    message: 'Reminder: Waits',
    approval: { at: 'script' },
  });
  const decision = { job, askedAt: '', at: 'script', message: 'Rejected: dull', rejected: true };
  expect(await at.record.decide(decision)).toMatchObject({ state: 'canceling' });
  expect((await at.record.decide(decision)).seq).toBe(reminded.seq + 1);
  const rows = await at.database.outbox.findMany({ where: { jobId: job.videoId } });
  expect(rows.map(({ command }) => command).toSorted()).toEqual(['cancel', 'start']);
  const failure = {
    code: 'ApprovalRejected',
    message: 'The script was rejected: dull',
    remediation: '',
    stage: 'script',
    step: 'script',
    sceneId: '',
    correlationId: 'c',
    details: '',
    fault: 'caller',
  };
  await at.record.finish({ job, state: 'canceled', failure, warnings: [], replacements: [] });
  const row = await at.rowOf(job);
  expect(row).toMatchObject({ state: 'canceled', error: { code: 'ApprovalRejected' } });
});

test('what is approved is kept with the order of the job, for runs to come', async () => {
  const job = await at.newJob();
  const orderOf = async () => (await at.rowOf(job)).order as Partial<MakeVideoInput>;
  const before = await orderOf();
  const approve = (more: Partial<DecideRequest>) =>
    at.record.decide({ job, askedAt: '', at: '', message: '', rejected: false, ...more });
  await approve({});
  await approve({ at: 'storyboard', rejected: true });
  expect(await orderOf()).toEqual(before);
  const script = { title: 'Mine' } as Script;
  const translations = { sha256: 'a', bytes: 1, mediaType: 'application/json' };
  for (const _ of [1, 2]) await approve({ at: 'script', script, translations });
  await approve({ at: 'storyboard' });
  await approve({ at: 'budget', capUsd: 3 });
  expect(await orderOf()).toEqual({
    ...before,
    approved: { points: ['script', 'storyboard'], script },
    translations,
    budget: { strict: false, ...before.budget, capUsd: 3 },
  });
});

test('a paused job does not begin to wait for an answer', async () => {
  const job = await at.newJob();
  await transact(at.database, (tx) => requestPause(tx, job.videoId));
  const approval = questionAt('2026-01-01T00:00:00.000Z');
  expect(await at.record.ask({ job, approval, message: 'Waits' })).toMatchObject({
    state: 'paused',
  });
});

test('more is granted as far as the day goes, and never less than before', async () => {
  const job = { ...(await at.newJob()), tenantId: 'spender' };
  const { videoId: jobId, tenantId } = job;
  await at.database.job.update({ where: { id: jobId }, data: { tenantId } });
  expect(await reserve(job, 2)).toBe(0.5);
  const raise = (capUsd: number, dayBudgetUsd?: number) =>
    transact(at.database, (tx) => raiseAllowance(tx, { jobId, tenantId, capUsd, dayBudgetUsd }));
  expect(await raise(1.5, 2)).toBe(1.5);
  expect(await raise(9, 2)).toBe(2);
  expect(await raise(0.1, 2)).toBe(2);
  expect(await raise(9)).toBe(9);
});
