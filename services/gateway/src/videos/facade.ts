import { STAGES, type JobState, type StageName } from '@aura/proto';

/** The five words of the facade for a job's state. */
export const FACADE_STATUSES = ['pending', 'running', 'completed', 'failed', 'canceled'] as const;
export type FacadeStatus = (typeof FACADE_STATUSES)[number];

const STATUS_OF = {
  queued: 'pending',
  running: 'running',
  'awaiting-approval': 'running',
  paused: 'running',
  canceling: 'running',
  succeeded: 'completed',
  failed: 'failed',
  canceled: 'canceled',
} satisfies Record<JobState, FacadeStatus>;

export function statusOf(state: JobState): FacadeStatus {
  return STATUS_OF[state];
}

export type StageTitle = (typeof STAGES)[number]['title'];

/** Brief, Script, Voice, Visuals or Composition. */
export function stageTitle(stage: string): StageTitle {
  return STAGES.find(({ name }) => name === stage)?.title ?? STAGES[0].title;
}

/** The later of two stages in the order of the pipeline. */
export function laterStage(a: StageName, b: StageName): StageName {
  return indexOf(a) < indexOf(b) ? b : a;
}

function indexOf(stage: StageName): number {
  return STAGES.findIndex(({ name }) => name === stage);
}

/** The stage after this one; undefined after the last. */
export function nextStage(stage: StageName): StageName | undefined {
  return STAGES[indexOf(stage) + 1]?.name;
}

export function videoUrl(jobId: string): string {
  return `/api/videos/${jobId}/download`;
}
