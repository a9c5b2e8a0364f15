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
  state: string;
  run: number;
  tenantId: string;
  correlationId: string;
  silentMs: number;
}

const AT_ONCE = 50;
const ANSWER_MS = 3_000;
/** After so many in a row it is Temporal or PostgreSQL that is away, not the jobs that are odd. */
const MOST_FAILURES = 3;

/**
 * Looks into jobs that have not ended and have said nothing for a while, at most 50: one whose workflow is
 * closed, or unknown to Temporal long after it was started, gets its end, for nobody else will write it. A
 * cancel that a running workflow may not have heard is told again. A job that cannot be looked into waits
 * for the next round.
 * Gives the job to go on from; undefined at the end of the round.
 */
export async function sweepLost(
  dependencies: ArchiverDependencies,
  { quietMs, unknownMs, after, signal }: Sweep,
): Promise<string | undefined> {
  const jobs = await openJobs(dependencies, quietMs, after);
  let failures = 0;
  for (const job of jobs) {
    if (signal.aborted || failures === MOST_FAILURES) return job.id;
    try {
      await lookInto(dependencies, job, { unknownMs, signal });
      failures = 0;
    } catch (error) {
      failures += 1;
      const { id: videoId, correlationId } = job;
      const message = 'a quiet job could not be looked into; tried again later';
      dependencies.log.warn({ videoId, correlationId, err: error }, message);
    }
  }
  return jobs.length < AT_ONCE ? undefined : jobs.at(-1)?.id;
}

async function lookInto(
  dependencies: ArchiverDependencies,
  job: OpenJob,
  { unknownMs, signal }: Pick<Sweep, 'unknownMs' | 'signal'>,
): Promise<void> {
  const handle = dependencies.temporal.workflow.getHandle(workflowIdOf(job.id, job.run));
  const asking = { withinMs: ANSWER_MS, signal };
  const ask = () => askTemporal(dependencies.temporal, asking, () => handle.describe());
  const found = await endOf(ask, job.silentMs < unknownMs);
  if (found === 'running') await tellAgain(dependencies, job);
  else if (found) await giveEnd(dependencies, job, found);
}

/** A job that is being canceled and still works: its workflow may not have heard of it, so it is told again. */
async function tellAgain(
  { database, log }: ArchiverDependencies,
  { id: jobId, run, state, correlationId }: OpenJob,
): Promise<void> {
  if (state !== 'canceling') return;
  const data = [{ jobId, command: 'cancel', run }];
  const { count } = await database.outbox.createMany({ data, skipDuplicates: true });
  if (count > 0) log.warn({ videoId: jobId, correlationId }, 'a cancel is told again');
}

interface LostEnd {
  state: Exclude<TerminalState, 'succeeded'>;
  how: string;
}

/** What has become of a job's workflow; undefined while it may still be started. */
async function endOf(
  ask: () => Promise<WorkflowExecutionDescription>,
  mayBeStarted: boolean,
): Promise<LostEnd | 'running' | undefined> {
  try {
    const { status } = await ask();
    if (status.name === 'RUNNING') return 'running';
    const state = status.name === 'CANCELLED' ? 'canceled' : 'failed';
    return { state, how: `Temporal has it as ${status.name}.` };
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return mayBeStarted ? undefined : { state: 'failed', how: 'Temporal does not know it.' };
  }
}

async function giveEnd(
  { database, store, journal, log }: ArchiverDependencies,
  { id: videoId, run, tenantId, correlationId }: OpenJob,
  { state, how }: LostEnd,
): Promise<void> {
  const job: JobRef = { videoId, run, tenantId, correlationId };
  const message = 'The workflow was ended from outside.';
  const failure = failureOf('WorkflowTerminated', { message, details: how }, job);
  await finish(
    { database, store, journal },
    { job, state, failure, warnings: [], replacements: [] },
  );
  log.warn({ videoId, correlationId, how }, 'a lost job was given its end');
}

/** Jobs whose start is still in the outbox are not lost: they wait for Temporal. */
async function openJobs(
  { database }: ArchiverDependencies,
  quietMs: number,
  after: string | undefined,
): Promise<OpenJob[]> {
  return database.$queryRaw<OpenJob[]>`
    SELECT id, state, run, tenant_id AS "tenantId", correlation_id AS "correlationId",
           (extract(epoch FROM clock_timestamp() - updated_at) * 1000)::float8 AS "silentMs"
    FROM jobs
    WHERE state IN ('queued', 'running', 'awaiting-approval', 'paused', 'canceling')
      AND updated_at < clock_timestamp() - ${quietMs} * interval '1 millisecond'
      AND (${after ?? null}::uuid IS NULL OR id > ${after ?? null}::uuid)
      AND NOT EXISTS (SELECT FROM outbox WHERE job_id = jobs.id AND command = 'start')
    ORDER BY id LIMIT ${AT_ONCE}`;
}
