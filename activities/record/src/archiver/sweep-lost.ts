import { WorkflowNotFoundError, type WorkflowExecutionDescription } from '@temporalio/client';
import { workflowIdOf, type JobRef, type TerminalState } from '@aura/proto';
import { askTemporal } from '../ask-temporal.js';
import { failureOf } from '../failure-report.js';
import { finish } from '../finish.js';
import type { ArchiverDependencies } from './start-archiver.js';

export interface Sweep {
  quietMs: number;
  unknownMs: number;
  /** The last job of the sweep before. */
  after: string | undefined;
  signal: AbortSignal;
}

interface OpenJob {
  id: string;
  run: number;
  tenantId: string;
  correlationId: string;
  silentMs: number;
}

const AT_ONCE = 50;
const ANSWER_MS = 3_000;

/**
 * Looks into jobs that have not ended and have said nothing for a while, at most 50: one whose workflow is
 * closed, or unknown to Temporal long after it was started, gets its end, for nobody else will write it.
 * Gives the job to go on from; undefined at the end of the round.
 */
export async function sweepLost(
  dependencies: ArchiverDependencies,
  { quietMs, unknownMs, after, signal }: Sweep,
): Promise<string | undefined> {
  const jobs = await openJobs(dependencies, quietMs, after);
  for (const job of jobs) {
    if (signal.aborted) return job.id;
    const handle = dependencies.temporal.workflow.getHandle(workflowIdOf(job.id));
    const asking = { withinMs: ANSWER_MS, signal };
    const ask = () => askTemporal(dependencies.temporal, asking, () => handle.describe());
    const end = await endOf(ask, job.silentMs < unknownMs);
    if (end) await giveEnd(dependencies, job, end);
  }
  return jobs.length < AT_ONCE ? undefined : jobs.at(-1)?.id;
}

interface LostEnd {
  state: Exclude<TerminalState, 'succeeded'>;
  how: string;
}

/** What has become of a job's workflow; undefined while it runs, or may still be started. */
async function endOf(
  ask: () => Promise<WorkflowExecutionDescription>,
  mayBeStarted: boolean,
): Promise<LostEnd | undefined> {
  try {
    const { status } = await ask();
    if (status.name === 'RUNNING') return undefined;
    const state = status.name === 'CANCELLED' ? 'canceled' : 'failed';
    return { state, how: `Temporal has it as ${status.name}.` };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return mayBeStarted ? undefined : { state: 'failed', how: 'Temporal does not know it.' };
  }
}

async function giveEnd(
  { database, store, log }: ArchiverDependencies,
  { id: videoId, run, tenantId, correlationId }: OpenJob,
  { state, how }: LostEnd,
): Promise<void> {
  const job: JobRef = { videoId, run, tenantId, correlationId };
  const message = 'The workflow was ended from outside.';
  const failure = failureOf('WorkflowTerminated', { message, details: how }, job);
  await finish({ database, store }, { job, state, failure, warnings: [] });
  log.warn({ videoId, correlationId, how }, 'a lost job was given its end');
}

/** Jobs whose start is still in the outbox are not lost: they wait for Temporal. */
async function openJobs(
  { database }: ArchiverDependencies,
  quietMs: number,
  after: string | undefined,
): Promise<OpenJob[]> {
  return database.$queryRaw<OpenJob[]>`
    SELECT id, run, tenant_id AS "tenantId", correlation_id AS "correlationId",
           (extract(epoch FROM clock_timestamp() - updated_at) * 1000)::float8 AS "silentMs"
    FROM jobs
    WHERE state IN ('queued', 'running', 'awaiting-approval', 'paused', 'canceling')
      AND updated_at < clock_timestamp() - ${quietMs} * interval '1 millisecond'
      AND (${after ?? null}::uuid IS NULL OR id > ${after ?? null}::uuid)
      AND NOT EXISTS (SELECT FROM outbox WHERE job_id = jobs.id AND command = 'start')
    ORDER BY id LIMIT ${AT_ONCE}`;
}
