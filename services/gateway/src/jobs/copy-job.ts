import {
  createJob,
  lockAssets,
  orderOf,
  useAssets,
  type Prisma,
  type Transaction,
} from '@aura/database';
import { Failure } from '@aura/failure';
import type { JobRef } from '@aura/proto';
import type { Accepted } from '../videos/generate.js';

const COPIED = { include: { assets: { select: { assetId: true } } } } as const;
export type CopiedJob = Prisma.JobGetPayload<typeof COPIED>;

/** Errors: JobNotFound. */
export async function jobToCopy(
  tx: Transaction,
  jobId: string,
  tenantId: string,
): Promise<CopiedJob> {
  const job = await tx.job.findFirst({ where: { id: jobId, tenantId }, ...COPIED });
  if (!job) throw new Failure('JobNotFound', 'There is no job with this id.');
  return job;
}

/** A new job with the very order of another one, and with those of its files that are still there. */
export async function copyJob(
  tx: Transaction,
  old: CopiedJob,
  job: JobRef,
  tags: readonly string[] = old.tags,
): Promise<Accepted> {
  const { videoId: jobId, tenantId, correlationId } = job;
  const assetIds = old.assets.map(({ assetId }) => assetId);
  const files = await lockAssets(tx, tenantId, assetIds);
  const request = old.request as object | null;
  const { autoRetry } = old;
  const filing = { tags, autoRetry, ...(request ? { request } : {}) };
  const order = orderOf(old);
  const { createdAt } = await createJob(tx, { ...order, job }, filing);
  await useAssets(tx, jobId, [...files.keys()]);
  const { targetDurationMs } = order.plan;
  return { jobId, correlationId, createdAt, targetDurationMs, replayed: false };
}
