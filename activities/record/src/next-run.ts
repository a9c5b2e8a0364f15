import { beginRun, type LockedJob, type Transaction } from '@aura/database';
import { mayPass } from '@aura/failure';
import type { Outcome } from './ending.js';

/** How long after its end a run is first followed by another, in ms; each further time four times as long. */
export const FIRST_RETRY_MS = 30_000;
const GROWTH = 4;

/** In how many ms a job that has failed is tried again by itself; undefined where it is not. Pure. */
export function retryDelayMs(
  { autoRetry, autoRuns }: Pick<LockedJob, 'autoRetry' | 'autoRuns'>,
  outcome: Outcome,
): number | undefined {
  if (outcome.state !== 'failed' || autoRuns >= autoRetry) return undefined;
  return mayPass(outcome.report.code) ? FIRST_RETRY_MS * GROWTH ** autoRuns : undefined;
}

/** Queues the run that follows by itself, in the transaction that has written the end of the one before. */
export async function followUp(tx: Transaction, job: LockedJob, outcome: Outcome): Promise<void> {
  const delayMs = retryDelayMs(job, outcome);
  if (delayMs === undefined) return;
  const turn = `${job.autoRuns + 1} of ${job.autoRetry}`;
  const message = `Tried again by itself in ${delayMs / 1_000} s (${turn})`;
  await beginRun(tx, job, { delayMs, message });
}
