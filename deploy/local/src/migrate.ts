import path from 'node:path';
import { CHECKOUT } from '../setup/paths.mjs';
import { inheritedEnv } from './gateway.js';
import { launch, StackError, tailOf, textOf } from './service.js';

export interface MigrateOptions {
  /** AURA_HOME, for the log. */
  home: string;
  databaseUrl: string;
  logFile?: string;
}

/** Brings the database to the newest schema. May be called again and again. */
export async function migrate({ home, databaseUrl, logFile }: MigrateOptions): Promise<void> {
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
