import type { Database, Transaction } from './create-database.js';
import { transact } from './transact.js';

/** Two numbers that this lock goes by; `createJob` takes it too, in its own statement. */
const BEGINNINGS = 'aura: beginnings';
/** How far the clocks of machines may be apart. */
const CLOCKS_MS = 60 * 60_000;

/** Says until the end of the transaction that a run is being queued, and waits while somebody removes what it might use. */
export async function announceBeginning(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtext(${BEGINNINGS}), 0)`;
}

/**
 * Does something while no run can be queued: whoever would begin one waits for the end of it, so it must be short. What
 * was published before `sinceMs` (ms since 1970) no job in work has made.
 */
export async function whileNoneBegins<T>(
  database: Database,
  act: (tx: Transaction, sinceMs: number) => Promise<T>,
): Promise<T> {
  return transact(database, async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${BEGINNINGS}), 0)`;
    const { _min: oldest } = await tx.job.aggregate({
      where: { state: { notIn: ['succeeded', 'failed', 'canceled'] } },
      _min: { queuedAt: true },
    });
    const since = oldest.queuedAt;
    return act(tx, since ? since.getTime() - CLOCKS_MS : Date.now());
  });
}

/** Notes which contents a deleted job has left, and what it was told. What several have left is told of nobody's. */
export async function noteUnwanted(
  tx: Transaction,
  sha256s: readonly string[],
  told: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO unwanted_blobs AS old (sha256, told)
    SELECT sha256, encode(sha256(convert_to(${told}, 'UTF8')), 'hex')
    FROM unnest(${[...sha256s]}::text[]) AS sha256
    ON CONFLICT (sha256) DO UPDATE
    SET told = CASE WHEN old.told = excluded.told THEN old.told END, at = excluded.at`;
}

/**
 * Which of these contents a job in work may be about to name: it is told the same as the one that has left them, and
 * equal films come from equal briefs. Where that is not known any job may, for a day.
 */
export async function maybeWanted(tx: Transaction, sha256s: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ sha256: string }[]>`
    WITH told AS MATERIALIZED (
      SELECT encode(sha256(convert_to("order" #>> '{brief,text}', 'UTF8')), 'hex') AS told
      FROM jobs
      WHERE state IN ('queued', 'running', 'awaiting-approval', 'paused', 'canceling')
    )
    SELECT sha256 FROM unwanted_blobs AS blob
    WHERE sha256 = ANY (${[...sha256s]}::text[]) AND (
      blob.told IN (SELECT told FROM told)
      OR (blob.told IS NULL AND blob.at > clock_timestamp() - interval '1 day'
          AND EXISTS (SELECT FROM told))
    )`;
  return rows.map(({ sha256 }) => sha256);
}
