import os from 'node:os';
import pg from 'pg';
import { TERMINAL_STATES } from '@aura/proto';
import { StackError } from './service.js';

/** Ids of the jobs that have not ended, the newest first. */
export async function jobsInWork(databaseUrl: string): Promise<string[]> {
  const rows = await select<{ id: string }>(
    databaseUrl,
    'SELECT id FROM jobs WHERE state <> ALL($1) ORDER BY created_at DESC LIMIT 100',
    [TERMINAL_STATES],
  );
  return rows.map(({ id }) => id);
}

/** Ids of the jobs that have become films, of those whose correlation id begins so; the oldest first. */
export async function jobsMade(databaseUrl: string, correlationBegin: string): Promise<string[]> {
  const rows = await select<{ id: string }>(
    databaseUrl,
    `SELECT id FROM jobs WHERE state = 'succeeded' AND starts_with(correlation_id, $1) ORDER BY created_at`,
    [correlationBegin],
  );
  return rows.map(({ id }) => id);
}

/**
 * Throws a StackError until the worker with this pid has reported. Readiness alone does not tell it: for a
 * minute, the last report of a worker that is gone still counts.
 */
export async function assertReported(databaseUrl: string, pid: number): Promise<void> {
  const rows = await select(
    databaseUrl,
    `SELECT 1 FROM worker_states WHERE worker_id = $1 AND at > now() - interval '1 minute'`,
    [`${os.hostname()}-${pid}`],
  );
  if (rows.length === 0) throw new StackError('it has not reported');
}

/** Name → checksum of what Prisma has applied. Throws where it has not yet been here. */
export async function appliedMigrations(databaseUrl: string): Promise<Map<string, string>> {
  const rows = await select<{ name: string; checksum: string }>(
    databaseUrl,
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    [],
  );
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

async function select<T extends pg.QueryResultRow>(
  connectionString: string,
  sql: string,
  values: unknown[],
): Promise<T[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
