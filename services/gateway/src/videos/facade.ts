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

/** The title of the stage after this one; null after the last. */
export function nextStageTitle(stage: StageName): StageTitle | null {
  return STAGES[STAGES.findIndex(({ name }) => name === stage) + 1]?.title ?? null;
}

export function videoUrl(jobId: string): string {
  return `/api/videos/${jobId}/download`;
}
