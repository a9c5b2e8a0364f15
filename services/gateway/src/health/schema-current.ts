import type { Database } from '@aura/database';

/**
 * Whether the database has the tables and columns that this program was built for, and no migration that
 * was begun and not finished. Asked of the tables themselves, because a name in a list proves nothing.
 */
export async function isSchemaCurrent(database: Database): Promise<boolean> {
  try {
    await Promise.all([
      database.job.findFirst(),
      database.step.findFirst(),
      database.jobEvent.findFirst(),
      database.artifact.findFirst(),
      database.outbox.findFirst(),
      database.idempotencyKey.findFirst(),
      database.workerState.findFirst(),
    ]);
    return !(await hasOpenMigration(database));
  } catch (error) {
    if (saysMissing(error)) return false;
    throw error;
  }
}

async function hasOpenMigration(database: Database): Promise<boolean> {
  const [log] = await database.$queryRaw<{ name: string | null }[]>`
    SELECT to_regclass('_prisma_migrations')::text AS name`;
  if (!log?.name) return false;
  const open = await database.$queryRaw<unknown[]>`
    SELECT 1 FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL LIMIT 1`;
  return open.length > 0;
}

/** Prisma's codes for tables and columns that are not there. */
function saysMissing(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return ['P2021', 'P2022'].includes(String(code));
}
