import { actionsOf } from '@aura/failure';
import { remainingMs, type Prisma } from '@aura/database';
import {
  isTerminal,
  type FailureReport,
  type JobCost,
  type JobState,
  type Making,
  type Replacement,
  type Warning,
} from '@aura/proto';
import { publicMaking } from './making.js';
import { stageTitle, statusOf, videoUrl } from './facade.js';
import type { JobStatus } from './status-schema.js';
import { rounded } from './usd.js';

/** What of a job its status is made from. */
export const STATUS_COLUMNS = {
  id: true,
  state: true,
  stage: true,
  percent: true,
  message: true,
  scenesDone: true,
  scenesTotal: true,
  correlationId: true,
  error: true,
  warnings: true,
  replacements: true,
  making: true,
  expected: true,
  cost: true,
  createdAt: true,
  startedAt: true,
  stoodMs: true,
  canceledAt: true,
  endedAt: true,
  steps: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.JobSelect;

export type StatusRow = Prisma.JobGetPayload<{ select: typeof STATUS_COLUMNS }>;

export function jobStatus(row: StatusRow, now: Date): JobStatus {
  const state = row.state as JobState;
  const failure = row.error as FailureReport | null;
  const left = remainingMs(row, now);
  return {
    jobId: row.id,
    status: statusOf(state),
    state,
    progressPercentage: row.percent,
    currentStage: stageTitle(row.stage),
    message: row.message,
    scenesDone: row.scenesDone,
    scenesTotal: row.scenesTotal,
    etaSeconds: left === undefined ? null : Math.ceil(left / 1_000),
    createdAt: row.createdAt.toISOString(),
    startedAt: isoOf(row.startedAt),
    completedAt: isTerminal(state) ? isoOf(row.endedAt) : null,
    canceledAt: isoOf(row.canceledAt),
    videoUrl: state === 'succeeded' ? videoUrl(row.id) : null,
    errorMessage: failure?.message ?? null,
    error: failure && publicFailure(failure, row.correlationId),
    processingSteps: row.steps.map((step) => ({
      name: step.name,
      stage: stageTitle(step.stage),
      status: step.state,
      progress: step.percent,
      message: step.message,
      errorMessage: (step.error as FailureReport | null)?.message ?? null,
      startedAt: isoOf(step.startedAt),
      completedAt: isoOf(step.endedAt),
    })),
    warnings: (row.warnings as unknown as Warning[]).map(publicWarning),
    ...publicMaking(row.making as Making | null),
    downgrades: (row.replacements as unknown as Replacement[]).map(downgrade),
    cost: publicCost(row.cost as JobCost | null),
    correlationId: row.correlationId,
  };
}

export function isoOf(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}

export function publicWarning(warning: Warning): JobStatus['warnings'][number] {
  const { code, message, stage, sceneId } = warning;
  return { code, message, stage: stageTitle(stage), sceneId: sceneId || null };
}

export function downgrade(replacement: Replacement): JobStatus['downgrades'][number] {
  const { stage, sceneId, unit, asked, used, code, reason } = replacement;
  const place = { stage: stageTitle(stage), sceneId: sceneId || null, unit: unit || null };
  return { ...place, asked, used, code, reason };
}

/** Without the keys of units, which are nobody's business. */
export function publicCost(cost: JobCost | null): JobStatus['cost'] {
  if (!cost) return null;
  const { sureUsd: usd, possibleUsd, calls, refused = 0 } = cost;
  const byProvider = cost.byProvider.map((line) => ({ ...line, refused: line.refused ?? 0 }));
  const unknown = cost.unknown.map(({ provider, worstUsd, startedAt }) => {
    return { provider, worstUsd, startedAt };
  });
  return rounded({ usd, possibleUsd, calls, refused, byProvider, unknown });
}

/** Without its details, which are for operators. */
export function publicFailure(
  failure: FailureReport,
  correlationId: string,
): NonNullable<JobStatus['error']> {
  return {
    code: failure.code,
    message: failure.message,
    remediation: failure.remediation,
    actions: actionsOf(failure.code, 'job'),
    stage: failure.stage ? stageTitle(failure.stage) : null,
    step: failure.step || null,
    sceneId: failure.sceneId || null,
    correlationId: failure.correlationId || correlationId,
  };
}
