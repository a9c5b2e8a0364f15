import { keepApproved, raiseAllowance, type Transaction } from '@aura/database';
import type {
  AskRequest,
  Decided,
  DecideRequest,
  JobEventData,
  JobState,
  Recorded,
} from '@aura/proto';
import { beginning } from './begin.js';
import type { RecordDependencies } from './create-record-activities.js';
import { cut, MESSAGE_CHARACTERS } from './cut.js';
import { writeJob } from './write-job.js';

/** Has a job wait for its user, or reminds of it. One that is paused, is being canceled or has ended stays as it is. */
export function ask(
  { database }: RecordDependencies,
  { job, approval, message }: AskRequest,
): Promise<Recorded> {
  const told = cut(message, MESSAGE_CHARACTERS);
  return writeJob(database, job, ({ fold }) => {
    const isAsked = fold.state === 'awaiting-approval' && fold.message === told;
    const mayWait = ['queued', 'running', 'awaiting-approval'].includes(fold.state);
    if (isAsked || !mayWait || !approval) return { events: [] };
    const { percent, stage } = fold;
    const waiting = status('awaiting-approval', { percent, stage, message: told });
    return { events: [...beginning(fold), waiting], changes: { approval } };
  });
}

/**
 * Writes what was decided, for runs to come as well: the job goes on, or is canceled, which its workflow is told of by the outbox. What a job
 * that does not wait would have gone on with, it goes on with already.
 */
export async function decide(
  { database, settings }: RecordDependencies,
  { job, message, rejected, capUsd, at, script, translations }: DecideRequest,
): Promise<Decided> {
  let granted: number | undefined;
  const dayBudgetUsd = settings.AURA_DAY_BUDGET_USD;
  const recorded = await writeJob(database, job, ({ id: jobId, run, tenantId, fold }) => {
    const { percent, stage } = fold;
    const told = { percent, stage, message: cut(message, MESSAGE_CHARACTERS) };
    const isOpen = fold.state === 'awaiting-approval';
    const also = async (tx: Transaction) => {
      if (rejected && isOpen) {
        const data = [{ jobId, command: 'cancel', run }];
        await tx.outbox.createMany({ data, skipDuplicates: true });
      }
      if (rejected) return;
      if (capUsd !== undefined) {
        granted = await raiseAllowance(tx, { jobId, tenantId, capUsd, dayBudgetUsd });
      }
      // The next day may hold what this one does not.
      const mostUsd = capUsd === undefined ? undefined : Math.max(capUsd, granted ?? 0);
      // Workflows from before they told it say nothing of what was asked.
      const asked = (at as string | undefined) ?? '';
      await keepApproved(tx, jobId, { at: asked, script, translations, capUsd: mostUsd });
    };
    return { events: isOpen ? [status(rejected ? 'canceling' : 'running', told)] : [], also };
  });
  return { ...recorded, ...(granted === undefined ? {} : { capUsd: granted }) };
}

function status(
  state: JobState,
  told: Omit<Extract<JobEventData, { type: 'job-status' }>, 'type' | 'state'>,
): JobEventData {
  return { type: 'job-status', state, ...told };
}
