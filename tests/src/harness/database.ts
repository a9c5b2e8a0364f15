import type { Scene, Script } from '@aura/proto';
import pg from 'pg';
import type { LoggedEvent } from './jobs.js';
import type { Stack } from './stack.js';

/** Reads from the stack's database, with a connection of its own each time: the database may have been killed. */
export async function query<T extends pg.QueryResultRow>(
  { databaseUrl }: Pick<Stack, 'databaseUrl'>,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The durable event log of a job. */
export function eventLog(stack: Pick<Stack, 'databaseUrl'>, jobId: string): Promise<LoggedEvent[]> {
  const sql = 'SELECT seq, type, data, at FROM job_events WHERE job_id = $1 ORDER BY seq';
  return query<LoggedEvent>(stack, sql, [jobId]);
}

export interface JobRow extends pg.QueryResultRow {
  state: string;
  percent: number;
  seq: number;
  error: { code: string; message: string; remediation: string } | null;
  failure_details: string | null;
}

export async function jobRow(stack: Pick<Stack, 'databaseUrl'>, jobId: string): Promise<JobRow> {
  const [row] = await query<JobRow>(stack, 'SELECT * FROM jobs WHERE id = $1', [jobId]);
  if (!row) throw new Error(`There is no job ${jobId}`);
  return row;
}

/** The scenes of a job's script. */
export async function scriptOfJob(
  stack: Pick<Stack, 'databaseUrl'>,
  jobId: string,
): Promise<Scene[]> {
  const sql = 'SELECT script FROM jobs WHERE id = $1';
  const [row] = await query<{ script: Script }>(stack, sql, [jobId]);
  return row?.script.scenes ?? [];
}
