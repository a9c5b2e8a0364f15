import { describeCauses } from '@aura/failure';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { WorkflowNotFoundError } from '@temporalio/client';
import {
  backOffMs,
  historyLabel,
  lockJob,
  postponeOutbox,
  settleOutbox,
  takeOutbox,
  transact,
  type OutboxRow,
  type Transaction,
} from '@aura/database';
import { workflowIdOf, type BlobRef } from '@aura/proto';
import { publicHistory } from '@aura/telemetry';
import { askTemporal } from '../ask-temporal.js';
import { artifactRow } from '../artifacts.js';
import { titleOf } from '../title-of.js';
import type { ArchiverDependencies } from './start-archiver.js';

const AT_ONCE = 4;
const ANSWER_MS = 3_000;
const HISTORY_MS = 20_000;
const LEASE_MS = 60_000;
const MOST_PAUSE_MS = 5 * 60_000;
/** A workflow closes within moments of its job's end, or after it has cleared up. */
const CLOSING_PAUSE_MS = 10_000;

/**
 * Exports the histories that are due, a few at a time, until none is due or `signal` says stop. What
 * cannot be done now is postponed: the workflow has not closed yet, Temporal or the store does not answer.
 */
export async function archiveDue(
  dependencies: ArchiverDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { database, log } = dependencies;
  while (!signal.aborted) {
    const rows = await takeOutbox(database, ['archive'], { limit: AT_ONCE, leaseMs: LEASE_MS });
    if (rows.length === 0) return;
    const id = { in: rows.map(({ jobId }) => jobId) };
    const jobs = await database.job.findMany({
      where: { id },
      select: { id: true, correlationId: true },
    });
    for (const row of rows) {
      const job = jobs.find((one) => one.id === row.jobId);
      const jobLog = log.child({ videoId: row.jobId, correlationId: job?.correlationId });
      try {
        await archive({ ...dependencies, log: jobLog }, row, signal);
      } catch (error) {
        const delayMs = backOffMs(row.attempts, MOST_PAUSE_MS);
        await postponeOutbox(database, row, { delayMs, reason: describeCauses(error) });
        jobLog.warn({ err: error, delayMs }, 'history not exported yet');
      }
    }
  }
}

async function archive(
  dependencies: ArchiverDependencies,
  row: OutboxRow,
  signal: AbortSignal,
): Promise<void> {
  const { database, temporal, log } = dependencies;
  const handle = temporal.workflow.getHandle(workflowIdOf(row.jobId, row.run));
  try {
    const ask = <T>(withinMs: number, question: () => Promise<T>) =>
      askTemporal(temporal, { withinMs, signal }, question);
    const { status } = await ask(ANSWER_MS, () => handle.describe());
    if (status.name === 'RUNNING') {
      const delayMs = backOffMs(row.attempts, CLOSING_PAUSE_MS);
      await postponeOutbox(database, row, { delayMs, reason: 'the workflow has not closed yet' });
      return;
    }
    const history = await ask(HISTORY_MS, () => handle.fetchHistory());
    await keepHistory(dependencies, row, publicHistory(historyToJSON(history)));
    log.info('history exported');
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    log.warn('Temporal has no history of this job any more');
  }
  await settleOutbox(database, row);
}

/** Of a run that was archived before (a reset) the newest history is kept; those of earlier runs have labels. */
async function keepHistory(
  { database, store }: ArchiverDependencies,
  { jobId, run }: OutboxRow,
  history: string,
): Promise<void> {
  const blob = await store.putBytes(history, 'application/json');
  await transact(database, async (tx) => {
    const job = await lockJob(tx, jobId);
    // Deleted meanwhile: nobody names these bytes, and a later sweep finds them.
    if (!job) return unwanted(tx, blob);
    const label = run < job.run ? historyLabel(run) : '';
    const row = artifactRow('history', blob, await titleOf(tx, jobId), label);
    await tx.artifact.upsert({
      where: { jobId_kind_label: { jobId, kind: row.kind, label: row.label } },
      create: { jobId, ...row },
      update: { ...row, version: { increment: 1 } },
    });
  });
}

async function unwanted(tx: Transaction, { sha256 }: BlobRef): Promise<void> {
  await tx.unwantedBlob.createMany({ data: [{ sha256 }], skipDuplicates: true });
}
