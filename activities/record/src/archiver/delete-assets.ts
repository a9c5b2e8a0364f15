import type { Database, Transaction } from '@aura/database';
import type { ArchiverDependencies } from './start-archiver.js';

const AT_ONCE = 500;
/** How far the clocks of machines and that of the database may be apart, and how long an upload may take to be named. */
const YOUNG_MS = 60 * 60_000;

/**
 * Deletes uploaded files whose time is over, unless a job that has not ended is made with them, and the bytes of all
 * that were deleted, unless another tenant's file or a film has the same. At most 500 at a time. Idempotent.
 */
export async function deleteAssets({
  database,
  store,
  log,
}: Pick<ArchiverDependencies, 'database' | 'store' | 'log'>): Promise<void> {
  await database.$executeRaw`
    UPDATE assets SET deleted_at = clock_timestamp()
    WHERE deleted_at IS NULL AND expires_at < clock_timestamp() AND NOT EXISTS (
      SELECT FROM asset_uses AS uses JOIN jobs ON jobs.id = uses.job_id
      WHERE uses.asset_id = assets.id AND jobs.state NOT IN ('succeeded', 'failed', 'canceled')
    )`;
  const where = { deletedAt: { not: null } };
  const rows = await database.asset.findMany({ where, take: AT_ONCE, select: { sha256: true } });
  const sha256s = [...new Set(rows.map(({ sha256 }) => sha256))];
  const named = await namedByRows(database, sha256s);
  const unnamed = sha256s.filter((sha256) => !named.has(sha256));
  const removed = await store.removeBlobs(unnamed, Date.now() - YOUNG_MS);
  const done = { sha256: { in: [...named, ...removed] }, ...where };
  const { count } = await database.asset.deleteMany({ where: done });
  if (count > 0) log.info({ assets: count, blobs: removed.length }, 'uploaded files deleted');
}

/** Which of these blobs a film whose time is not over, or an uploaded file has. */
export async function namedByRows(
  database: Database | Transaction,
  sha256s: string[],
): Promise<Set<string>> {
  const [where, select] = [{ sha256: { in: sha256s } }, { sha256: true }] as const;
  const [artifacts, assets] = await Promise.all([
    database.artifact.findMany({ where: { ...where, expiredAt: null }, select }),
    database.asset.findMany({ where: { ...where, deletedAt: null }, select }),
  ]);
  return new Set([...artifacts, ...assets].map(({ sha256 }) => sha256));
}
