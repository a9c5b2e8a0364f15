import type { FailureReport } from '../gen/aura/v1/record.js';
import type { Warning } from '../gen/aura/v1/video.js';
import type { JobState, StepState } from './states.js';
import type { StageName, StepName } from './stages.js';

/**
 * The durable events of one job, numbered from 1 without gaps. `percent` is the job's percentage
 * after the event. Folding a job's events gives the job row.
 */
export type JobEventData =
  | { type: 'job-status'; state: JobState; percent: number; stage: StageName; message: string }
  | {
      type: 'step-status';
      step: StepName;
      stage: StageName;
      state: StepState;
      percent: number;
      message: string;
    }
  | {
      type: 'step-progress';
      step: StepName;
      stage: StageName;
      stepPercent: number;
      percent: number;
      message: string;
    }
  | {
      type: 'step-error';
      step: StepName;
      stage: StageName;
      percent: number;
      failure: FailureReport;
    }
  | { type: 'warning'; percent: number; warning: Warning }
  | {
      type: 'job-completed';
      state: 'succeeded';
      percent: 100;
      sizeBytes: number;
      durationMs: number;
    }
  | { type: 'job-failed'; state: 'failed' | 'canceled'; percent: number; failure: FailureReport };

export type JobEventType = JobEventData['type'];

/** The PostgreSQL channel that says "this job has new events"; its payload is the job id. */
export const EVENTS_CHANNEL = 'aura_job_events';
