import type { Approved, BlobRef, MakeVideoInput, Script } from '@aura/proto';
import type { Transaction } from './create-database.js';
import type { Prisma } from './generated/client.js';
import { safeText } from './safe-text.js';

/** What a user has approved of a job. */
export interface ApprovedNow {
  /** Where it was asked; empty of workflows from before they said so. */
  at: string;
  /** The script as it was approved. */
  script?: Script | undefined;
  /** What its scenes say in other languages, where that is not what the order says. */
  translations?: BlobRef | undefined;
  /** What the job may spend in all. */
  capUsd?: number | undefined;
}

/**
 * Keeps with the order of a job what its user has approved, so that its next run goes on with it and does not ask again.
 * More money may be asked for anew. The job's row is held. Idempotent.
 */
export async function keepApproved(
  tx: Transaction,
  jobId: string,
  { at, script, translations, capUsd }: ApprovedNow,
): Promise<void> {
  const row = await tx.job.findUniqueOrThrow({ where: { id: jobId }, select: { order: true } });
  const order = row.order as unknown as Omit<MakeVideoInput, 'job'>;
  const { approved, budget } = order;
  const next = {
    ...order,
    ...(at === '' || at === 'budget' ? {} : { approved: withPoint(approved, at, script) }),
    ...(translations ? { translations } : {}),
    ...(capUsd === undefined ? {} : { budget: { strict: false, ...budget, capUsd } }),
  };
  const data = { order: safeText(next) as unknown as Prisma.InputJsonValue };
  await tx.job.update({ where: { id: jobId }, data, select: { id: true } });
}

function withPoint(
  approved: Approved | undefined,
  at: string,
  script: Script | undefined,
): Approved {
  const points = new Set([...(approved?.points ?? []), at]);
  return { ...approved, points: [...points], ...(script ? { script } : {}) };
}
