import { IDEMPOTENCY_HOURS, type Database } from '@aura/database';
import { deleteAssets, namedByRows } from './delete-assets.js';
import { expireFilms } from './expire-films.js';
import { sweepUnwanted } from './sweep-unwanted.js';
import type { ArchiverDependencies, ArchiverPace } from './start-archiver.js';

const HOUR_MS = 60 * 60_000;
const WORKER_STATE_MS = 24 * HOUR_MS;
const PASSAGE_MS = 24 * HOUR_MS;
/** They count for the day on which their jobs ended. */
const COST_MS = 48 * HOUR_MS;
/** Longer than a year, so that a year can be looked back upon. */
const AUDIT_MS = 400 * 24 * HOUR_MS;
const AUDIT_AT_ONCE = 10_000;
const AUDIT_TIMES = 100;
/** So many jobs are deleted at once, with their events, that nobody waits for it. */
const JOBS_AT_ONCE = 500;
const FILES_AT_ONCE = 5_000;
const DELETING_MS = 60_000;
/** How far the clocks of machines and that of the database may be apart. */
const CLOCKS_MS = HOUR_MS;

type House = Omit<ArchiverDependencies, 'temporal' | 'journal'>;
type Keeping = Pick<ArchiverPace, 'keepJobsMs' | 'keepFilmsMs'>;

/**
 * Deletes answers to idempotent requests that have had their time, reports of workers that are long gone, old entries of the audit log, texts of documents, uploaded files
 * that nobody wants any more, and, where a time to keep them is set, films whose time is over, and jobs that ended before it with all that belongs to them: rows, films, archived
 * histories, the journals of their calls, and the results of work that no later job has used.
 * What fails keeps none of the rest from being done, and is thrown at the end.
 */
export async function keepHouse(house: House, keeping: Keeping): Promise<void> {
  const { database } = house;
  const steps = [
    () => forgetRows(database),
    () => forgetAudit(database),
    () => deleteAssets(house),
    () => sweepUnwanted(house),
    () => removeOld(house, keeping),
  ];
  const failures: unknown[] = [];
  for (const step of steps) await step().catch((error: unknown) => failures.push(error));
  if (failures.length > 1) throw new AggregateError(failures, failures.join('; '));
  if (failures.length === 1) throw failures[0];
}

async function forgetRows(database: Database): Promise<void> {
  await database.$executeRaw`
    DELETE FROM idempotency_keys
    WHERE created_at < clock_timestamp() - ${IDEMPOTENCY_HOURS} * interval '1 hour'`;
  await database.$executeRaw`
    DELETE FROM stored_replies
    WHERE created_at < clock_timestamp() - ${IDEMPOTENCY_HOURS} * interval '1 hour'`;
  await database.$executeRaw`
    DELETE FROM worker_states
    WHERE at < clock_timestamp() - ${WORKER_STATE_MS} * interval '1 millisecond'`;
  await database.$executeRaw`
    DELETE FROM passages WHERE at < clock_timestamp() - ${PASSAGE_MS} * interval '1 millisecond'`;
  await database.$executeRaw`
    DELETE FROM deleted_costs
    WHERE ended_at < clock_timestamp() - ${COST_MS} * interval '1 millisecond'`;
}

/** An hour's entries of the busiest servers; what is more goes the next time. */
async function forgetAudit(database: Database): Promise<void> {
  for (let time = 0; time < AUDIT_TIMES; time += 1) {
    const deleted = await database.$executeRaw`
      DELETE FROM audit_log WHERE id IN (
        SELECT id FROM audit_log
        WHERE at < clock_timestamp() - ${AUDIT_MS} * interval '1 millisecond'
        LIMIT ${AUDIT_AT_ONCE}
      )`;
    if (deleted < AUDIT_AT_ONCE) return;
  }
}

async function removeOld(
  { database, store, ledger, log }: House,
  { keepJobsMs, keepFilmsMs }: Keeping,
): Promise<void> {
  const expired = keepFilmsMs === undefined ? 0 : await expireFilms(database, keepFilmsMs);
  const deleted = keepJobsMs === undefined ? 0 : await deleteJobs(database, keepJobsMs);
  if (keepJobsMs !== undefined) await sweepBooks({ database, ledger });
  const keepMs = Math.min(keepJobsMs ?? Infinity, keepFilmsMs ?? Infinity);
  if (keepMs === Infinity) return;
  const beforeMs = await oldestUseMs(database, keepMs);
  const inUse = (sha256s: string[]) => namedByRows(database, sha256s);
  const { results, blobs } = await store.removeUnused({ beforeMs, inUse, atMost: FILES_AT_ONCE });
  if (deleted + expired + results + blobs === 0) return;
  log.info({ jobs: deleted, expired, results, blobs }, 'old jobs and their files deleted');
}

/** Says how many. */
async function deleteJobs(database: Database, keepJobsMs: number): Promise<number> {
  return database.$transaction(
    (tx) => tx.$executeRaw`
      DELETE FROM jobs WHERE id IN (
        SELECT id FROM jobs
        WHERE state IN ('succeeded', 'failed', 'canceled')
          AND ended_at < clock_timestamp() - ${keepJobsMs} * interval '1 millisecond'
          AND NOT EXISTS (SELECT FROM outbox WHERE job_id = jobs.id)
        LIMIT ${JOBS_AT_ONCE}
      )`,
    { timeout: DELETING_MS },
  );
}

/**
 * Removes the journals of jobs that are gone for good: only once that is committed, so that no job loses what its calls
 * have cost. A job's row is there before its first call. What cannot be removed waits for the next time.
 */
async function sweepBooks({
  database,
  ledger,
}: Pick<ArchiverDependencies, 'database' | 'ledger'>): Promise<void> {
  const books = (await ledger.books()).filter((book) => UUID.test(book));
  for (let from = 0; from < books.length; from += JOBS_AT_ONCE) {
    const some = books.slice(from, from + JOBS_AT_ONCE);
    const rows = await database.job.findMany({ where: { id: { in: some } }, select: { id: true } });
    const known = new Set(rows.map(({ id }) => id));
    for (const book of some.filter((one) => !known.has(one))) await ledger.remove(book);
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A job that goes on may hold whatever was used since it was accepted, however long that takes. */
async function oldestUseMs(database: Database, keepMs: number): Promise<number> {
  const [row] = await database.$queryRaw<{ at: Date }[]>`
    SELECT least(
      clock_timestamp() - ${keepMs} * interval '1 millisecond',
      (SELECT min(created_at) FROM jobs WHERE state NOT IN ('succeeded', 'failed', 'canceled'))
    ) AS at`;
  return (row?.at.getTime() ?? 0) - CLOCKS_MS;
}
