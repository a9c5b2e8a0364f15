import { createHash } from 'node:crypto';
import pg from 'pg';

const LOGIN = 'aura_requests';

/**
 * Gives the address by which the gateway answers requests: that of a user of the same database who may take on the role
 * aura_gateway and nothing else, so that row-level security holds whatever he asks. Made where there is none; the
 * migrations must have made the role. Idempotent.
 */
export async function requestLogin(databaseUrl: string): Promise<string> {
  const url = new URL(databaseUrl);
  const secret = createHash('sha256').update(`${LOGIN} ${url.password}`).digest('base64url');
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(`
      DO $$ BEGIN
        CREATE ROLE ${LOGIN} LOGIN NOINHERIT NOSUPERUSER NOBYPASSRLS;
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END $$;
      ALTER ROLE ${LOGIN} PASSWORD ${client.escapeLiteral(secret)};
      GRANT aura_gateway TO ${LOGIN}`);
  } finally {
    await client.end().catch(() => undefined);
  }
  url.username = LOGIN;
  url.password = secret;
  return url.href;
}
