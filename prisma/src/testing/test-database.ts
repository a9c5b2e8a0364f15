export * from './sample-order.js';
import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort, removeHome, startPostgres } from '@aura/local';
import { createDatabase, type Database } from '../create-database.js';

export interface TestDatabase {
  url: string;
  database: Database;
  /** Stops the server and removes its data. */
  stop(): Promise<void>;
}

/** A real PostgreSQL of its own with the newest schema. Durable it is not: fsync is off. */
export async function startTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const home = await mkdtemp(path.join(tmpdir(), 'aura-database-'));
  const settings = { fsync: 'off', shared_buffers: '32MB', track_commit_timestamp: 'on' };
  const server = await startPostgres({ home, port: await freePort(), settings });
  await server.ready;
  const database = createDatabase(server.url);
  if (migrated) {
    for (const sql of await migrations()) await database.$executeRawUnsafe(sql);
  }
  return {
    url: server.url,
    database,
    async stop() {
      await database.$disconnect();
      await server.stop();
      await removeHome(home);
    },
  };
}

async function migrations(): Promise<string[]> {
  const folder = path.resolve(import.meta.dirname, '../../migrations');
  const names = (await readdir(folder)).filter((name) => /^\d+_/.test(name)).toSorted();
  return Promise.all(
    names.map((name) => readFile(path.join(folder, name, 'migration.sql'), 'utf8')),
  );
}
