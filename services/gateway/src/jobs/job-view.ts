import { remainingMs, type Prisma } from '@aura/database';
import type {
  FailureReport,
  Film,
  JobCost,
  JobState,
  Making,
  Replacement,
  Script,
  StageName,
  Warning,
} from '@aura/proto';
import { artifactView } from '../download/artifact-view.js';
import { publicMaking } from '../videos/making.js';
import type { Order } from '../videos/order.js';
import {
  downgrade,
  isoOf,
  publicCost,
  publicFailure,
  publicWarning,
  STATUS_COLUMNS,
} from '../videos/status.js';
import type { JobArtifacts, JobView } from './job-schema.js';
import { jobLinks } from './job-links.js';
import { runsOf, RUN_EVENTS } from './runs-of.js';

/** What of a job is shown. */
export const JOB_COLUMNS = {
  ...STATUS_COLUMNS,
  run: true,
  autoRetry: true,
  autoRuns: true,
  retryAt: true,
  order: true,
  tags: true,
  script: true,
  film: true,
  queuedAt: true,
  cancelRequestedAt: true,
  updatedAt: true,
  events: RUN_EVENTS,
  runs: { select: { run: true, edit: true, units: true } },
  artifacts: { orderBy: [{ kind: 'asc' }, { label: 'asc' }] },
} as const satisfies Prisma.JobSelect;

export type JobRow = Prisma.JobGetPayload<{ select: typeof JOB_COLUMNS }>;

const BRIEF_CHARACTERS = 200;

/** A job, step by step. Pure. `stored` are the blobs that are still kept. */
export function jobView(row: JobRow, stored: ReadonlySet<string>, now: Date): JobView {
  const left = remainingMs(row, now);
  const order = row.order as unknown as Order;
  const runs = runsOf(row.events, row.runs);
  return {
    jobId: row.id,
    run: row.run,
    state: row.state as JobState,
    stage: row.stage as StageName,
    percent: row.percent,
    message: row.message,
    etaSeconds: left === undefined ? null : Math.ceil(left / 1_000),
    scenesDone: row.scenesDone,
    scenesTotal: row.scenesTotal,
    title: (row.script as Script | null)?.title ?? null,
    brief: Array.from(order.brief.text).slice(0, BRIEF_CHARACTERS).join(''),
    tags: row.tags,
    autoRetry: { atMost: row.autoRetry, done: row.autoRuns, nextAt: nextRunAt(row) },
    steps: row.steps.map((step) => stepView(step, row.correlationId)),
    runs,
    error: failureView(row.error as FailureReport | null, row.correlationId),
    warnings: (row.warnings as unknown as Warning[]).map((warning) => {
      return { ...publicWarning(warning), stage: warning.stage };
    }),
    ...publicMaking(row.making as Making | null),
    downgrades: (row.replacements as unknown as Replacement[]).map((line) => {
      return { ...downgrade(line), stage: line.stage };
    }),
    cost: publicCost(row.cost as JobCost | null),
    output: outputView(row, runs),
    artifacts: artifactViews(row, stored),
    specs: order,
    createdAt: row.createdAt.toISOString(),
    queuedAt: row.queuedAt.toISOString(),
    startedAt: isoOf(row.startedAt),
    cancelRequestedAt: isoOf(row.cancelRequestedAt),
    canceledAt: isoOf(row.canceledAt),
    endedAt: isoOf(row.endedAt),
    updatedAt: row.updatedAt.toISOString(),
    correlationId: row.correlationId,
    links: jobLinks(row.id),
  };
}

/** When a job that waits for its next try is begun. */
function nextRunAt({ state, retryAt }: Pick<JobRow, 'state' | 'retryAt'>): string | null {
  return state === 'queued' ? isoOf(retryAt) : null;
}

function stepView(step: JobRow['steps'][number], correlationId: string): JobView['steps'][number] {
  const { name, state, percent, message, startedAt, endedAt } = step;
  return {
    name,
    stage: step.stage as StageName,
    state,
    percent,
    message,
    error: failureView(step.error as FailureReport | null, correlationId),
    startedAt: isoOf(startedAt),
    endedAt: isoOf(endedAt),
    durationSeconds:
      startedAt && endedAt ? (endedAt.getTime() - startedAt.getTime()) / 1_000 : null,
  };
}

function failureView(failure: FailureReport | null, correlationId: string): JobView['error'] {
  if (!failure) return null;
  const stage = (failure.stage || null) as StageName | null;
  return { ...publicFailure(failure, correlationId), stage };
}

/** The newest film that there is. */
function outputView(
  { id, film }: Pick<JobRow, 'id' | 'film'>,
  runs: JobView['runs'],
): JobView['output'] {
  const { video, durationMs = 0 } = (film ?? {}) as unknown as Partial<Film>;
  const made = runs.findLast(({ state }) => state === 'succeeded');
  if (!made || !video) return null;
  const sizes = { sizeBytes: video.bytes, durationSeconds: durationMs / 1_000 };
  return { videoUrl: jobLinks(id).video, ...sizes, run: made.run };
}

/** The files of a job with where to get them. */
export function artifactViews(
  { id, artifacts }: Pick<JobRow, 'id' | 'artifacts'>,
  stored: ReadonlySet<string>,
): JobArtifacts['artifacts'] {
  return artifacts.map((artifact) => ({
    ...artifactView(artifact, urlOf(id, artifact), stored),
    version: artifact.version,
    expiredAt: isoOf(artifact.expiredAt),
  }));
}

function urlOf(jobId: string, { kind, label }: JobRow['artifacts'][number]): string {
  return [jobLinks(jobId).artifacts, kind, label].filter(Boolean).join('/');
}
