import { maybeWanted, whileNoneBegins, type Transaction } from '@aura/database';
import type { ArtifactStore } from '@aura/storage';
import { namedByRows } from './delete-assets.js';
import type { ArchiverDependencies } from './start-archiver.js';

const AT_ONCE = 500;
/** Nobody begins a job while so many are removed. */
const IN_ONE_GO = 20;

/**
 * Removes contents of jobs that were deleted, once nobody may be about to name them: no job in work is told what they come
 * from, or has published them. No job begins between the look and the removal. What a file of another job, an uploaded
 * file or the order of another job names stays. Idempotent.
 */
export async function sweepUnwanted({
  database,
  store,
  log,
}: Pick<ArchiverDependencies, 'database' | 'store' | 'log'>): Promise<void> {
  const rows = await database.unwantedBlob.findMany({
    orderBy: { at: 'asc' },
    take: AT_ONCE,
    select: { sha256: true },
  });
  let removed = 0;
  for (let from = 0; from < rows.length; from += IN_ONE_GO) {
    const some = rows.slice(from, from + IN_ONE_GO).map(({ sha256 }) => sha256);
    removed += await whileNoneBegins(database, (tx, sinceMs) => sweep(tx, store, some, sinceMs));
  }
  if (removed > 0) log.info({ blobs: removed }, 'contents of deleted jobs removed');
}

/** Says how many. */
async function sweep(
  tx: Transaction,
  store: ArtifactStore,
  sha256s: string[],
  sinceMs: number,
): Promise<number> {
  const named = await namedByRows(tx, sha256s);
  const ordered = await tx.$queryRaw<{ sha256: string }[]>`
    SELECT sha256 FROM unnest(${sha256s}::text[]) AS sha256
    WHERE EXISTS (SELECT FROM jobs WHERE position(sha256 IN "order"::text) > 0)`;
  for (const { sha256 } of ordered) named.add(sha256);
  const spared = new Set([...named, ...(await maybeWanted(tx, sha256s))]);
  const free = sha256s.filter((sha256) => !spared.has(sha256));
  const removed = await store.removeBlobs(free, sinceMs);
  await tx.unwantedBlob.deleteMany({ where: { sha256: { in: [...named, ...removed] } } });
  return removed.length;
}
