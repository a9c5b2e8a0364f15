import type {
  FailureReport,
  JobState,
  Making,
  Replacement,
  StageName,
  StepName,
  StepState,
  Warning,
} from '@aura/proto';
import type { Transaction } from './create-database.js';
import type { Prisma } from './generated/client.js';
import type { JobFold } from './fold-events.js';

/** A job whose row this transaction holds: nobody else can append to it until the transaction ends. */
export interface LockedJob {
  id: string;
  run: number;
  tenantId: string;
  correlationId: string;
  scenesDone: number;
  scenesTotal: number;
  replacements: Replacement[];
  /** Who makes it, as far as is known. */
  making: Making | null;
  /** How many runs may follow by themselves, and how many have. */
  autoRetry: number;
  autoRuns: number;
  /** What its calls may cost together; null for no limit. */
  allowanceUsd: number | null;
  /** The database's clock, read under the lock and never before the newest event. */
  now: Date;
  fold: JobFold;
}

/**
 * Locks a job's row until the end of the transaction and reads what its events have made of it;
 * undefined where there is no such job. NO KEY, so that rows that only refer to the job do not wait.
 */
export async function lockJob(tx: Transaction, jobId: string): Promise<LockedJob | undefined> {
  if (!UUID.test(jobId)) return undefined;
  const [held] = await tx.$queryRaw<{ now: Date }[]>`
    WITH held AS MATERIALIZED (
      SELECT updated_at FROM jobs WHERE id = ${jobId}::uuid FOR NO KEY UPDATE
    )
    SELECT date_trunc('milliseconds', greatest(clock_timestamp(), updated_at)) AS now FROM held`;
  if (!held) return undefined;
  const row = await tx.job.findUniqueOrThrow({ where: { id: jobId }, select: LOCKED });
  const { id, run, tenantId, correlationId, scenesDone, scenesTotal, allowanceUsd } = row;
  const { autoRetry, autoRuns } = row;
  const replacements = row.replacements as unknown as Replacement[];
  const making = row.making as Making | null;
  const told = { scenesDone, scenesTotal, replacements, making, allowanceUsd, autoRetry, autoRuns };
  return { id, run, tenantId, correlationId, ...told, now: held.now, fold: foldOf(row) };
}

/** The columns of a job and its steps that are the fold of its events. */
export const FOLDED = {
  seq: true,
  state: true,
  stage: true,
  percent: true,
  message: true,
  error: true,
  warnings: true,
  queuedAt: true,
  startedAt: true,
  stoodMs: true,
  stoodSince: true,
  cancelRequestedAt: true,
  canceledAt: true,
  endedAt: true,
  updatedAt: true,
  steps: {
    omit: { jobId: true, position: true },
    orderBy: { position: 'asc' },
  },
} as const satisfies Prisma.JobSelect;

/** A row as the fold that it must equal. */
export function foldOf(row: Prisma.JobGetPayload<{ select: typeof FOLDED }>): JobFold {
  return {
    seq: row.seq,
    state: row.state as JobState,
    stage: row.stage as StageName,
    percent: row.percent,
    message: row.message,
    error: row.error as FailureReport | null,
    warnings: row.warnings as unknown as Warning[],
    queuedAt: row.queuedAt,
    startedAt: row.startedAt,
    stoodMs: row.stoodMs,
    stoodSince: row.stoodSince,
    cancelRequestedAt: row.cancelRequestedAt,
    canceledAt: row.canceledAt,
    endedAt: row.endedAt,
    updatedAt: row.updatedAt,
    steps: row.steps.map((step) => ({
      ...step,
      name: step.name as StepName,
      stage: step.stage as StageName,
      state: step.state as StepState,
      error: step.error as FailureReport | null,
    })),
  };
}

const LOCKED = {
  ...FOLDED,
  id: true,
  run: true,
  tenantId: true,
  correlationId: true,
  scenesDone: true,
  scenesTotal: true,
  replacements: true,
  making: true,
  allowanceUsd: true,
  autoRetry: true,
  autoRuns: true,
} as const satisfies Prisma.JobSelect;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
