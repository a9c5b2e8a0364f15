import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { parse, toClientConfig } from 'pg-connection-string';
import { PrismaClient, type Prisma } from './generated/client.js';
import type { SlowQueries } from './slow-queries.js';
import { unmerged } from './unmerged.js';
import { REQUEST_ROLE, TenantPool } from './tenant-pool.js';

export type Database = PrismaClient;
/** What runs inside `transact`. */
export type Transaction = Prisma.TransactionClient;

export interface DatabaseOptions {
  /** Connections that this process opens at most. */
  connections?: number;
  /** Shown in pg_stat_activity. */
  name?: string;
  /**
   * For requests: on behalf of which tenant what is asked at this moment is asked. The connections then have a role that
   * sees its rows alone; undefined shows none. Without it all rows are seen that the user of the address sees.
   */
  tenant?: () => string | undefined;
  /** Hears of connections that broke while nobody used them; the pool replaces them by itself. */
  onConnectionError?: (error: Error) => void;
  /** Hears how long each query took. */
  slowQueries?: SlowQueries;
}

/**
 * A client with a pool of its own; nothing is connected before the first query. `$disconnect()` closes it.
 * A process that stands still (SIGSTOP) in the middle of a transaction loses it after 15 s, so that it
 * cannot hold a job's row for ever; no statement runs or waits for a lock longer than 30 s, and a server
 * that stands still itself is given up after 40 s.
 */
export function createDatabase(
  url: string,
  {
    connections = 10,
    name = 'aura',
    tenant,
    onConnectionError = () => undefined,
    slowQueries,
  }: DatabaseOptions = {},
): Database {
  const { schema } = parse(url);
  const options = [
    ...(typeof schema === 'string' ? [`-c search_path=${schema}`] : []),
    ...(tenant ? [`-c role=${REQUEST_ROLE}`] : []),
  ];
  const config = {
    ...toClientConfig(parse(url)),
    max: connections,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    statement_timeout: 30_000,
    query_timeout: 40_000,
    idle_in_transaction_session_timeout: 15_000,
    ...(options.length > 0 ? { options: options.join(' ') } : {}),
  };
  const pool = tenant ? new TenantPool(config, tenant) : new pg.Pool(config);
  const broken = (error: Error) => {
    breaks.set(database, connectionBreaks(database) + 1);
    onConnectionError(error);
  };
  const adapter = new PrismaPg(pool, {
    disposeExternalPool: true,
    onPoolError: broken,
    onConnectionError: broken,
    ...(typeof schema === 'string' ? { schema } : {}),
  });
  const client = slowQueries ? watched(adapter, slowQueries) : new PrismaClient({ adapter });
  const database = tenant ? unmerged(client) : client;
  return database;
}

function watched(adapter: PrismaPg, slowQueries: SlowQueries): Database {
  const client = new PrismaClient({ adapter, log: [{ emit: 'event', level: 'query' }] });
  client.$on('query', ({ query, duration }) => slowQueries.seen(query, duration));
  return client;
}

/** How many connections of this client have broken so far. */
export function connectionBreaks(database: Database): number {
  return breaks.get(database) ?? 0;
}

const breaks = new WeakMap<Database, number>();
