import type { Database } from '@aura/database';

/** So many files expire at once, that nobody waits for it. */
const AT_ONCE = 5_000;

/**
 * Ends the time of the files of jobs that ended before: they are given out no more, and their bytes go with what
 * nobody names any more. The jobs stay, with their histories, and can be rebuilt. Says how many. Idempotent.
 */
export async function expireFilms(database: Database, keepFilmsMs: number): Promise<number> {
  return database.$executeRaw`
    UPDATE artifacts SET expired_at = clock_timestamp()
    WHERE (job_id, kind, label) IN (
      SELECT artifacts.job_id, artifacts.kind, artifacts.label
      FROM artifacts JOIN jobs ON jobs.id = artifacts.job_id
      WHERE artifacts.expired_at IS NULL AND artifacts.kind <> 'history'
        AND jobs.state IN ('succeeded', 'failed', 'canceled')
        AND jobs.ended_at < clock_timestamp() - ${keepFilmsMs} * interval '1 millisecond'
      LIMIT ${AT_ONCE}
    )`;
}
