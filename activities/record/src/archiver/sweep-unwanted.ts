import { namedByRows } from './delete-assets.js';
import type { ArchiverDependencies } from './start-archiver.js';

const AT_ONCE = 500;
const HOUR_MS = 60 * 60_000;

/**
 * Removes contents of jobs that were deleted, once nobody may be about to name them: no job is in work, or they have
 * waited for a day. What a file of another job, an uploaded file or the order of another job names stays. Idempotent.
 */
export async function sweepUnwanted({
  database,
  store,
  log,
}: Pick<ArchiverDependencies, 'database' | 'store' | 'log'>): Promise<void> {
  const states = { notIn: ['succeeded', 'failed', 'canceled'] };
  const inWork = await database.job.count({ where: { state: states } });
  const before = new Date(Date.now() - (inWork > 0 ? 24 * HOUR_MS : 0));
  const rows = await database.unwantedBlob.findMany({
    where: { at: { lte: before } },
    orderBy: { at: 'asc' },
    take: AT_ONCE,
    select: { sha256: true },
  });
  if (rows.length === 0) return;
  const sha256s = rows.map(({ sha256 }) => sha256);
  const named = await namedByRows(database, sha256s);
  const ordered = await database.$queryRaw<{ sha256: string }[]>`
    SELECT sha256 FROM unnest(${sha256s}::text[]) AS sha256
    WHERE EXISTS (SELECT FROM jobs WHERE position(sha256 IN "order"::text) > 0)`;
  for (const { sha256 } of ordered) named.add(sha256);
  const free = sha256s.filter((sha256) => !named.has(sha256));
  const removed = await store.removeBlobs(free, Date.now());
  const done = { sha256: { in: [...named, ...removed] } };
  await database.unwantedBlob.deleteMany({ where: done });
  log.info({ blobs: removed.length }, 'contents of deleted jobs removed');
}
