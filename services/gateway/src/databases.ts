import { createDatabase, SlowQueries, type Database } from '@aura/database';
import type { Log } from '@aura/telemetry';
import { tenantHere } from './guard/principal.js';

export interface Databases {
  /** What requests work with: nothing but the rows of the caller's tenant. */
  database: Database;
  /** All tenants' rows, for what is nobody's request: the outbox, the feed of events, whose key a key is. */
  whole: Database;
  /** What both have seen. */
  slowQueries: SlowQueries;
  close(): Promise<void>;
}

/** `requestsUrl`: the same database by a user who may do no more than requests need. */
export function openDatabases(
  {
    databaseUrl: url,
    requestsUrl = url,
    slowQueryMs = 0,
  }: { databaseUrl: string; requestsUrl?: string | undefined; slowQueryMs?: number },
  log: Log,
): Databases {
  const slowQueries = new SlowQueries(slowQueryMs, (query) => log.warn(query, 'slow query'));
  const onConnectionError = (error: Error) =>
    log.debug({ err: error }, 'a database connection broke');
  const database = createDatabase(requestsUrl, {
    name: 'aura-gateway',
    tenant: tenantHere,
    onConnectionError,
    slowQueries,
  });
  const whole = createDatabase(url, {
    name: 'aura-gateway-whole',
    onConnectionError,
    slowQueries,
  });
  return {
    database,
    whole,
    slowQueries,
    close: async () => {
      await Promise.all([database.$disconnect(), whole.$disconnect()]);
    },
  };
}
