import type { JobState } from '@aura/proto';
import { appendEvents } from './append-events.js';
import type { Transaction } from './create-database.js';
import { lockJob, type LockedJob } from './lock-job.js';

export type PauseRequest = { accepted: true } | { accepted: false; state?: JobState };

/**
 * Holds a job: it becomes `paused`, and an outbox row has its workflow begin no new work. What is in work ends, and is
 * kept. Accepted again of a job that is paused, without a change. Where it is not accepted `state` is the job's; absent
 * where there is no such job.
 */
export async function requestPause(tx: Transaction, jobId: string): Promise<PauseRequest> {
  const job = await lockJob(tx, jobId);
  if (!job) return { accepted: false };
  const { state } = job.fold;
  if (state === 'paused') return { accepted: true };
  if (state !== 'queued' && state !== 'running') return { accepted: false, state };
  await steer(tx, job, { state: 'paused', message: 'Paused by the user', command: 'pause' });
  return { accepted: true };
}

/**
 * Lets a paused job go on where it was. Accepted again of one that goes on, without a change. Refusals are those of
 * `requestPause`.
 */
export async function requestResume(tx: Transaction, jobId: string): Promise<PauseRequest> {
  const job = await lockJob(tx, jobId);
  if (!job) return { accepted: false };
  const { state, startedAt } = job.fold;
  if (state === 'queued' || state === 'running') return { accepted: true };
  if (state !== 'paused') return { accepted: false, state };
  const next = startedAt ? 'running' : 'queued';
  await steer(tx, job, { state: next, message: 'Goes on', command: 'resume' });
  return { accepted: true };
}

/** What was wished before and is not delivered yet has nothing to say any more. */
async function steer(
  tx: Transaction,
  job: LockedJob,
  { state, message, command }: { state: JobState; message: string; command: 'pause' | 'resume' },
): Promise<void> {
  const { id: jobId, run } = job;
  const { percent, stage } = job.fold;
  await appendEvents(tx, job, [{ type: 'job-status', state, percent, stage, message }]);
  await tx.outbox.deleteMany({ where: { jobId, run, command: { in: ['pause', 'resume'] } } });
  await tx.outbox.createMany({ data: [{ jobId, command, run }] });
}
