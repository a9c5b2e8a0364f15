import {
  lookForWork,
  maybeWanted,
  whileNoneBegins,
  type Database,
  type Look,
  type Quiet,
  type Transaction,
} from '@aura/database';
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
  const all = rows.map(({ sha256 }) => sha256);
  // Of the time before the look, so that none that comes meanwhile is missed.
  const look = await lookForWork(database, all);
  const ordered = await namedByOrders(database, all, new Date(0));
  let removed = 0;
  for (let from = 0; from < all.length; from += IN_ONE_GO) {
    const some = all.slice(from, from + IN_ONE_GO);
    removed += await whileNoneBegins(database, (tx, quiet) =>
      sweep(tx, { store, sha256s: some, look, ordered, ...quiet }),
    );
  }
  if (removed > 0) log.info({ blobs: removed }, 'contents of deleted jobs removed');
}

interface Sweep extends Quiet {
  store: ArtifactStore;
  sha256s: string[];
  /** What was seen before the lock, of these and others: */
  look: Look;
  /** and what orders name. */
  ordered: ReadonlySet<string>;
}

/** Says how many. */
async function sweep(
  tx: Transaction,
  { store, sha256s, look, ordered, sinceMs, signal }: Sweep,
): Promise<number> {
  const named = await namedByRows(tx, sha256s);
  const newer = await namedByOrders(tx, sha256s, look.since);
  for (const sha256 of sha256s) if (ordered.has(sha256) || newer.has(sha256)) named.add(sha256);
  const spared = new Set([...named, ...(await maybeWanted(tx, look))]);
  const free = sha256s.filter((sha256) => !spared.has(sha256));
  const removed = await store.removeBlobs(free, sinceMs, signal);
  await tx.unwantedBlob.deleteMany({ where: { sha256: { in: [...named, ...removed] } } });
  return removed.length;
}

/** Which of these the orders name that were given or taken up since then: of all times, that takes a while. */
async function namedByOrders(
  database: Database | Transaction,
  sha256s: string[],
  since: Date,
): Promise<Set<string>> {
  const rows = await database.$queryRaw<{ sha256: string }[]>`
    SELECT DISTINCT found[1] AS sha256
    FROM jobs, regexp_matches("order"::text, '\\m[0-9a-f]{64}\\M', 'g') AS found
    WHERE ((state IN ('queued', 'running', 'awaiting-approval', 'paused', 'canceling')
            AND queued_at >= ${since})
        OR (state IN ('succeeded', 'failed', 'canceled') AND created_at >= ${since}))
      AND found[1] = ANY (${sha256s}::text[])`;
  return new Set(rows.map(({ sha256 }) => sha256));
}
