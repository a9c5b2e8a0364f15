import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CHECKOUT } from '../setup/paths.mjs';
import { appliedMigrations } from './database-view.js';
import { inheritedEnv } from './gateway.js';
import { launch, StackError, tailOf, textOf } from './service.js';

export interface MigrateOptions {
  /** AURA_HOME, for the log. */
  home: string;
  databaseUrl: string;
  logFile?: string;
}

/** Brings the database to the newest schema. May be called again and again; at once done where it is so already. */
export async function migrate({ home, databaseUrl, logFile }: MigrateOptions): Promise<void> {
  if (await isMigrated(databaseUrl)) return;
  const log = logFile ?? path.join(path.resolve(home), 'logs/migrate.log');
  const run = await launch({
    name: 'Migrations',
    program: process.execPath,
    args: [path.join(CHECKOUT, 'prisma/migrate.mjs'), 'deploy'],
    env: { ...inheritedEnv(), DATABASE_URL: databaseUrl },
    cwd: CHECKOUT,
    logFile: log,
    probe: async () => undefined,
  });
  const exit = await run.exited;
  if (exit.code === 0) return;
  throw new StackError(
    `The migrations ended with ${textOf(exit)}, see ${log}\n${tailOf(log)}`.trimEnd(),
  );
}

/** Whether Prisma has noted each of our migrations, as it is, as applied. Loading Prisma to learn it takes seconds. */
async function isMigrated(databaseUrl: string): Promise<boolean> {
  const applied = await appliedMigrations(databaseUrl).catch(() => new Map<string, string>());
  const ours = await readdir(MIGRATIONS, { withFileTypes: true });
  const same = ours
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }) => {
      const sql = await readFile(path.join(MIGRATIONS, name, 'migration.sql'));
      return applied.get(name) === createHash('sha256').update(sql).digest('hex');
    });
  return (await Promise.all(same)).every(Boolean);
}

const MIGRATIONS = path.join(CHECKOUT, 'prisma/migrations');
