import { lockJob, type Database, type Transaction } from '@aura/database';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';
import { storedOf } from '../download/artifact-view.js';
import { entityTag, namesTag } from '../etag/entity-tag.js';
import { JOB_COLUMNS, jobView } from './job-view.js';
import type { JobView } from './job-schema.js';

interface Reading {
  database: Database | Transaction;
  store: ArtifactStore;
  tenantId: string;
}

/** A job as it is shown; undefined where the tenant has none with this id. */
export async function readJob(
  { database, store, tenantId }: Reading,
  jobId: string,
): Promise<JobView | undefined> {
  const where = { id: jobId, tenantId };
  const row = await database.job.findFirst({ where, select: JOB_COLUMNS });
  return row ? jobView(row, await storedOf(store, row.artifacts), new Date()) : undefined;
}

/**
 * Holds the job's row until the end of the transaction, and refuses to go on where the job is not any more what the
 * `If-Match` of a request says. Without one, or without the job, nothing is held. Errors: JobChanged.
 */
export async function requireUnchanged(
  tx: Transaction,
  { store, tenantId }: Omit<Reading, 'database'>,
  { jobId, ifMatch }: { jobId: string; ifMatch: string | undefined },
): Promise<void> {
  if (ifMatch === undefined) return;
  await lockJob(tx, jobId);
  const view = await readJob({ database: tx, store, tenantId }, jobId);
  if (!view || namesTag(ifMatch, entityTag(view))) return;
  throw new Failure('JobChanged', 'The job has changed since it was read.');
}
