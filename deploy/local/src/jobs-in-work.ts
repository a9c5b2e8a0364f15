import pg from 'pg';
import { TERMINAL_STATES } from '@aura/proto';

/** Ids of the jobs that have not ended, the newest first. */
export async function jobsInWork(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ id: string }>(
      'SELECT id FROM jobs WHERE state <> ALL($1) ORDER BY created_at DESC LIMIT 100',
      [TERMINAL_STATES],
    );
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
