import { writeFile, mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reserveAllowance } from '@aura/database';
import type { JobRef } from '@aura/proto';
import { CallJournal } from '@aura/provider';
import { LocalLedger } from '@aura/storage';
import { finish } from './finish.js';
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
