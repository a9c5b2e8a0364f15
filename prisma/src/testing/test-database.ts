export * from './sample-order.js';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { freePort, removeHome, startPostgres } from '@aura/local';
import { createDatabase, type Database } from '../create-database.js';

export interface TestDatabase {
  url: string;
  database: Database;
  /** Removes it, with its server where that is its own. */
  stop(): Promise<void>;
}

/** Durable it is not. */
const SERVER_SETTINGS = {
  fsync: 'off',
  shared_buffers: '32MB',
  track_commit_timestamp: 'on',
};

/**
 * A database of its own with the newest schema, on the PostgreSQL that a run of all tests shares
 * (AURA_TEST_POSTGRES, the address of a database where others can be created), or else on one of its own.
 */
export async function startTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const shared = process.env['AURA_TEST_POSTGRES'];
  const place = shared ? await createPlace(shared) : await startServer();
  const database = createDatabase(place.url);
  if (migrated) {
    for (const sql of await migrations()) await database.$executeRawUnsafe(sql);
  }
  return {
    url: place.url,
    database,
    async stop() {
      await database.$disconnect();
      await place.remove();
    },
  };
}

interface Place {
  url: string;
  remove(): Promise<void>;
}

async function createPlace(shared: string): Promise<Place> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const url = new URL(shared);
  url.pathname = name;
  await execute(shared, `CREATE DATABASE ${name}`);
  return { url: url.href, remove: () => execute(shared, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function startServer(): Promise<Place> {
  const home = await mkdtemp(path.join(tmpdir(), 'aura-database-'));
  const server = await startPostgres({ home, port: await freePort(), settings: SERVER_SETTINGS });
  await server.ready;
  return {
    url: server.url,
    async remove() {
      await server.stop();
      await removeHome(home);
    },
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

async function migrations(): Promise<string[]> {
  const folder = path.resolve(import.meta.dirname, '../../migrations');
  const names = (await readdir(folder)).filter((name) => /^\d+_/.test(name)).toSorted();
  return Promise.all(
    names.map((name) => readFile(path.join(folder, name, 'migration.sql'), 'utf8')),
  );
}
