import type { Database, Transaction } from './create-database.js';
import { transact } from './transact.js';

/** Two numbers that this lock goes by; `createJob` takes it too, in its own statement. */
const BEGINNINGS = 'aura: beginnings';
/** How far the clocks of machines may be apart. */
const CLOCKS_MS = 60 * 60_000;
/** Longer than a transaction lasts: a job that is there since may not have been seen by a look before the lock. */
const UNSEEN_MS = 60_000;
/** Together well below the time that a transaction has: whatever is removed is removed while the lock is held. */
const LOCK_MS = 3_000;
const ACT_MS = 8_000;

/** Says until the end of the transaction that a run is being queued, and waits while somebody removes what it might use. */
export async function announceBeginning(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock_shared(hashtext(${BEGINNINGS}), 0)`;
}

export interface Quiet {
  /** What was published before it (ms since 1970) no job in work has made, but one that has been held for a day. */
  sinceMs: number;
  /** Ends what lasts too long, while nobody can begin yet. */
  signal: AbortSignal;
}

/**
 * Does something while no run can be queued: whoever would begin one waits for the end of it, so it must be short: look
 * first with `lookForWork`. It is tried once. Errors: DatabaseUnavailable, also where others begin all the time, and
 * whatever `act` throws.
 */
export async function whileNoneBegins<T>(
  database: Database,
  act: (tx: Transaction, quiet: Quiet) => Promise<T>,
): Promise<T> {
  const work = async (tx: Transaction) => {
    // Whoever waits for it keeps others from beginning as well.
    await tx.$executeRawUnsafe(`SET LOCAL lock_timeout = ${LOCK_MS}`);
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${BEGINNINGS}), 0)`;
    const signal = AbortSignal.timeout(ACT_MS);
    // A job that waits for its user may do so for ever; it is known by what it is told.
    const [oldest] = await tx.$queryRaw<{ since: Date | null }[]>`
      SELECT min(queued_at) AS since FROM jobs
      WHERE state IN ('queued', 'running', 'canceling')
         OR (state IN ('awaiting-approval', 'paused')
             AND queued_at > clock_timestamp() - interval '1 day')`;
    const since = oldest?.since;
    return act(tx, { sinceMs: since ? since.getTime() - CLOCKS_MS : Date.now(), signal });
  };
  return transact(database, work, { attempts: 1 });
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

interface Noted {
  sha256: string;
  told: string | null;
  at: Date;
}

/** What was seen of some contents before the lock. */
export interface Look {
  noted: Noted[];
  wanted: string[];
  /** Which jobs may not have been seen: those queued since. */
  since: Date;
}

/** Looks through all jobs in work, which takes its time, before `whileNoneBegins`. */
export async function lookForWork(
  database: Database | Transaction,
  sha256s: readonly string[],
): Promise<Look> {
  const [moment] = await database.$queryRaw<{ since: Date }[]>`
    SELECT clock_timestamp() - ${UNSEEN_MS} * interval '1 millisecond' AS since`;
  const noted = await notedOf(database, sha256s);
  const wanted = await wantedSince(database, sha256s, new Date(0));
  return { noted, wanted, since: moment?.since ?? new Date(0) };
}

/**
 * Which of the contents that were looked at a job in work may be about to name: it is told the same as the one that has
 * left them, and equal films come from equal briefs. Where that is not known any job may, for a day. Jobs queued since
 * the look are looked at now, and what was noted anew since then waits for another time.
 */
export async function maybeWanted(tx: Transaction, look: Look): Promise<string[]> {
  const sha256s = look.noted.map(({ sha256 }) => sha256);
  const before = new Map(look.noted.map((row) => [row.sha256, row]));
  const changed = (await notedOf(tx, sha256s)).filter(({ sha256, told, at }) => {
    const row = before.get(sha256);
    return row?.told !== told || row.at.getTime() !== at.getTime();
  });
  const anew = await wantedSince(tx, sha256s, look.since);
  return [...look.wanted, ...changed.map(({ sha256 }) => sha256), ...anew];
}

async function notedOf(
  database: Database | Transaction,
  sha256s: readonly string[],
): Promise<Noted[]> {
  return database.unwantedBlob.findMany({ where: { sha256: { in: [...sha256s] } } });
}

async function wantedSince(
  database: Database | Transaction,
  sha256s: readonly string[],
  since: Date,
): Promise<string[]> {
  const rows = await database.$queryRaw<{ sha256: string }[]>`
    WITH told AS MATERIALIZED (
      SELECT encode(sha256(convert_to("order" #>> '{brief,text}', 'UTF8')), 'hex') AS told
      FROM jobs
      WHERE state IN ('queued', 'running', 'awaiting-approval', 'paused', 'canceling')
        AND queued_at >= ${since}
    )
    SELECT sha256 FROM unwanted_blobs AS blob
    WHERE sha256 = ANY (${[...sha256s]}::text[]) AND (
      blob.told IN (SELECT told FROM told)
      OR (blob.told IS NULL AND blob.at > clock_timestamp() - interval '1 day'
          AND EXISTS (SELECT FROM told))
    )`;
  return rows.map(({ sha256 }) => sha256);
}
