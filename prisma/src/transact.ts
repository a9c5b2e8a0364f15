import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '@aura/failure';
import { connectionBreaks, type Database, type Transaction } from './create-database.js';

export interface TransactOptions {
  attempts?: number;
  /** Pause before the second attempt; it doubles from there. */
  pauseMs?: number;
}

/**
 * Runs `work` in one transaction: all of it is durable when this returns, or nothing is. Where PostgreSQL
 * gave it up (deadlock, restart, broken connection) it is run again, at most 5 times over about 3 s. The
 * reply to a COMMIT can be lost too, so `work` must find out for itself what it has already done:
 * `createJob`, `requestCancel` and the record stage do.
 * Errors: DatabaseUnavailable, and whatever `work` throws.
 */
export async function transact<T>(
  database: Database,
  work: (tx: Transaction) => Promise<T>,
  { attempts = 5, pauseMs = 200 }: TransactOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const before = connectionBreaks(database);
    try {
      return await database.$transaction(work, { maxWait: 5_000, timeout: 15_000 });
    } catch (error) {
      // Statements on a connection that has just broken fail with an error that says nothing of it.
      const broken = connectionBreaks(database) > before && !(error instanceof Failure);
      if (!broken && !isPassing(error)) throw error;
      if (attempt >= attempts) {
        throw new Failure('DatabaseUnavailable', 'PostgreSQL does not answer.', { cause: error });
      }
      await sleep(pauseMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2));
    }
  }
}

/**
 * Whether the same transaction may succeed when it is run again. Prisma says so by its own codes, the
 * driver by SQLSTATE or errno, wherever in the chain they stand.
 */
export function isPassing(error: unknown): boolean {
  for (let next = error, depth = 0; isObject(next) && depth < 8; depth += 1) {
    if (codesOf(next).some((code) => PASSING.has(code) || /^(08|57P|53)/.test(code))) return true;
    next = next.cause ?? metaCause(next);
  }
  return false;
}

const PASSING = new Set([
  'P1001', // cannot reach the server
  'P1002', // the server does not answer in time
  'P1008', // an operation took too long
  'P1017', // the server has closed the connection
  'P2024', // no free connection in the pool
  'P2028', // the transaction has ended behind our back
  'P2034', // write conflict or deadlock
  '40001', // serialization failure
  '40P01', // deadlock
  '55P03', // lock not available
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT', // the socket file of a server that is not there
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TransactionAlreadyClosed',
  'TransactionWriteConflict',
  'TooManyConnections',
]);

interface Loose {
  [key: string]: unknown;
}

function codesOf(error: Loose): string[] {
  return [error.code, error.kind, error.originalCode].filter((code) => typeof code === 'string');
}

function metaCause(error: Loose): unknown {
  return isObject(error.meta) ? error.meta.driverAdapterError : undefined;
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null;
}
