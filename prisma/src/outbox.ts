import type { Database } from './create-database.js';
import { safeText } from './safe-text.js';

export type OutboxCommand = 'start' | 'cancel' | 'archive' | 'pause' | 'resume';

export interface OutboxRow {
  id: bigint;
  jobId: string;
  command: OutboxCommand;
  /** Which run of the job it is about. */
  run: number;
  /** This one included. */
  attempts: number;
}

/**
 * Takes commands that are due, oldest first, past those that others are taking. Whoever takes a row has it
 * alone for `leaseMs`; if it is neither settled nor postponed by then (its taker died), it is due again.
 */
export async function takeOutbox(
  database: Database,
  commands: readonly OutboxCommand[],
  { limit, leaseMs }: { limit: number; leaseMs: number },
): Promise<OutboxRow[]> {
  // MATERIALIZED: a plan that ran the selection again per row would lock, and take, more than `limit`.
  return database.$queryRaw<OutboxRow[]>`
    WITH due AS MATERIALIZED (
      SELECT id FROM outbox
      WHERE command = ANY (${[...commands]}::text[]) AND not_before <= clock_timestamp()
      ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox
    SET attempts = attempts + 1,
        not_before = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
    FROM due WHERE outbox.id = due.id
    RETURNING outbox.id, job_id AS "jobId", command, run, attempts`;
}

/** The command is done, or has nothing left to do. Idempotent. */
export async function settleOutbox(database: Database, { id }: { id: bigint }): Promise<void> {
  await database.outbox.deleteMany({ where: { id } });
}

/** The command could not be done now; it is due again after `delayMs`. */
export async function postponeOutbox(
  database: Database,
  { id }: { id: bigint },
  { delayMs, reason }: { delayMs: number; reason: string },
): Promise<void> {
  await database.$executeRaw`
    UPDATE outbox
    SET not_before = clock_timestamp() + ${delayMs} * interval '1 millisecond',
        last_error = ${safeText(reason).slice(0, 1_000)}
    WHERE id = ${id}`;
}

/**
 * Makes a command of a run due with its start, where nobody has taken that yet and it is not due itself; tells whether it
 * has.
 */
export async function awaitStart(
  database: Database,
  { id, jobId, run }: Pick<OutboxRow, 'id' | 'jobId' | 'run'>,
): Promise<boolean> {
  const waiting = await database.$executeRaw`
    UPDATE outbox
    SET not_before = start.not_before
    FROM outbox AS start
    WHERE outbox.id = ${id} AND start.job_id = ${jobId}::uuid AND start.run = ${run}
      AND start.command = 'start' AND start.attempts = 0 AND start.not_before > clock_timestamp()`;
  return waiting > 0;
}

/** 1 s, 2 s, 4 s … up to `mostMs`. */
export function backOffMs(attempts: number, mostMs: number): number {
  return Math.min(mostMs, 1_000 * 2 ** Math.min(attempts - 1, 20));
}
