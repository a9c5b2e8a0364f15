import { createDatabase, type Database } from '@aura/database';
import type { Log } from '@aura/telemetry';
import { tenantHere } from './guard/principal.js';

export interface Databases {
  /** What requests work with: nothing but the rows of the caller's tenant. */
  database: Database;
  /** All tenants' rows, for what is nobody's request: the outbox, the feed of events, whose key a key is. */
  whole: Database;
  close(): Promise<void>;
}

export function openDatabases(url: string, log: Log): Databases {
  const onConnectionError = (error: Error) =>
    log.debug({ err: error }, 'a database connection broke');
  const database = createDatabase(url, {
    name: 'aura-gateway',
    tenant: tenantHere,
    onConnectionError,
  });
  const whole = createDatabase(url, { name: 'aura-gateway-whole', onConnectionError });
  return {
    database,
    whole,
    close: async () => {
      await Promise.all([database.$disconnect(), whole.$disconnect()]);
    },
  };
}
