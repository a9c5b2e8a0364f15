import { isTerminal } from '@aura/proto';
import { appendEvents } from './append-events.js';
import type { Transaction } from './create-database.js';
import { lockJob } from './lock-job.js';

export type CancelRequest =
  | { accepted: true; seq: number }
  | { accepted: false; reason: 'JobNotFound' | 'JobAlreadyCanceled' | 'JobAlreadyFinished' };

/**
 * Accepts the wish to cancel, unless the job has ended or is being canceled: the job becomes `canceling`
 * (from where it can only become canceled) and an outbox row has its workflow told.
 */
export async function requestCancel(tx: Transaction, jobId: string): Promise<CancelRequest> {
  const job = await lockJob(tx, jobId);
  if (!job) return { accepted: false, reason: 'JobNotFound' };
  const { state, percent, stage } = job.fold;
  if (state === 'canceling' || state === 'canceled') {
    return { accepted: false, reason: 'JobAlreadyCanceled' };
  }
  if (isTerminal(state)) return { accepted: false, reason: 'JobAlreadyFinished' };
  const { fold } = await appendEvents(tx, job, [
    { type: 'job-status', state: 'canceling', percent, stage, message: 'Canceling' },
  ]);
  // A run that waits for its time is begun now, to be canceled: it has an end like any other.
  await tx.$executeRaw`
    UPDATE outbox SET not_before = clock_timestamp()
    WHERE job_id = ${jobId}::uuid AND run = ${job.run} AND command = 'start'
      AND attempts = 0 AND not_before > clock_timestamp()`;
  await tx.outbox.createMany({
    data: [{ jobId, command: 'cancel', run: job.run }],
    skipDuplicates: true,
  });
  return { accepted: true, seq: fold.seq };
}
