import type { JobState } from '@aura/proto';
import { announceBeginning } from './beginnings.js';
import { appendEvents } from './append-events.js';
import { lockAssets } from './assets.js';
import type { Transaction } from './create-database.js';
import { lockJob, type LockedJob } from './lock-job.js';

export type RetryRequest = { accepted: true; run: number } | { accepted: false; state?: JobState };

/**
 * Takes a job that has failed or was canceled up again: its next run is queued, its event log goes on, and an outbox
 * row has its workflow started. The row is locked, so of several who ask one gets it. What its earlier runs have
 * finished is found again by its keys, and what they have spent stays counted. Where it is not accepted, `state` is the
 * job's; absent where there is no such job.
 */
export async function requestRetry(tx: Transaction, jobId: string): Promise<RetryRequest> {
  const job = await lockJob(tx, jobId);
  if (!job) return { accepted: false };
  const { state } = job.fold;
  if (state !== 'failed' && state !== 'canceled') return { accepted: false, state };
  return { accepted: true, run: await beginRun(tx, job) };
}

/** A run that nobody has asked for. */
export interface OwnAccord {
  /** How long it waits, in ms. */
  delayMs: number;
  message: string;
}

/**
 * Queues the next run of a job that has ended, whose row is held; gives its number. It reserves its own part of the day's
 * budget: what the runs before have spent counts there, and against the job's.
 */
export async function beginRun(
  tx: Transaction,
  job: LockedJob,
  ownAccord?: OwnAccord,
): Promise<number> {
  const jobId = job.id;
  await announceBeginning(tx);
  const uses = await tx.assetUse.findMany({ where: { jobId }, select: { assetId: true } });
  // Nobody deletes them between here and the moment at which the job is seen to be in work.
  if (uses.length > 0) {
    await lockAssets(
      tx,
      job.tenantId,
      uses.map(({ assetId }) => assetId),
    );
  }
  const run = job.run + 1;
  const { delayMs = 0, message = '' } = ownAccord ?? {};
  const dueAt = ownAccord ? new Date(job.now.getTime() + delayMs) : null;
  const autoRuns = ownAccord ? job.autoRuns + 1 : 0;
  const nothing = { scenesDone: 0, scenesTotal: 0, replacements: [], making: { makers: [] } };
  await appendEvents(
    tx,
    job,
    [{ type: 'job-status', state: 'queued', percent: 0, stage: 'brief', message }],
    {
      run,
      ...nothing,
      failureDetails: '',
      allowanceUsd: null,
      expected: null,
      autoRuns,
      retryAt: dueAt,
    },
  );
  await keepHistoryOf(tx, jobId, job.run);
  const start = { jobId, command: 'start', run } as const;
  await tx.outbox.createMany({ data: [{ ...start, ...(dueAt ? { notBefore: dueAt } : {}) }] });
  return run;
}

/** The label of the history of an earlier run; that of the newest run has none. */
export function historyLabel(run: number): string {
  return `run-${run}`;
}

async function keepHistoryOf(tx: Transaction, jobId: string, run: number): Promise<void> {
  await tx.artifact.updateMany({
    where: { jobId, kind: 'history', label: '' },
    data: { label: historyLabel(run) },
  });
}
