import type { ArchiverDependencies, ArchiverPace } from './start-archiver.js';

const HOUR_MS = 60 * 60_000;
const IDEMPOTENCY_MS = 24 * HOUR_MS;
const WORKER_STATE_MS = 24 * HOUR_MS;
/** So many jobs are deleted at once, with their events, that nobody waits for it. */
const JOBS_AT_ONCE = 500;

/**
 * Deletes answers to idempotent requests after 24 h, reports of workers that are long gone, and, where a
 * time to keep them is set, jobs that ended before it with all that belongs to them. Their files stay in
 * the store, which other jobs may share.
 */
export async function keepHouse(
  { database, log }: ArchiverDependencies,
  { keepJobsMs }: Pick<ArchiverPace, 'keepJobsMs'>,
): Promise<void> {
  await database.$executeRaw`
    DELETE FROM idempotency_keys
    WHERE created_at < clock_timestamp() - ${IDEMPOTENCY_MS} * interval '1 millisecond'`;
  await database.$executeRaw`
    DELETE FROM worker_states
    WHERE at < clock_timestamp() - ${WORKER_STATE_MS} * interval '1 millisecond'`;
  if (keepJobsMs === undefined) return;
  const deleted = await database.$executeRaw`
    DELETE FROM jobs WHERE id IN (
      SELECT id FROM jobs
      WHERE state IN ('succeeded', 'failed', 'canceled')
        AND ended_at < clock_timestamp() - ${keepJobsMs} * interval '1 millisecond'
        AND NOT EXISTS (SELECT FROM outbox WHERE job_id = jobs.id)
      LIMIT ${JOBS_AT_ONCE}
    )`;
  if (deleted > 0) log.info({ jobs: deleted }, 'old jobs deleted');
}
