import { STAGES, type JobEventData, type StepState } from '@aura/proto';
import { nextStageTitle, stageTitle, statusOf, videoUrl } from '../videos/facade.js';

/** A durable event of a job as it was stored. */
export interface StoredEvent {
  jobId: string;
  seq: number;
  at: Date;
  data: JobEventData;
}

/** What a client of the simple stream gets: one of four names, with a JSON body. */
export interface FacadeEvent {
  event: 'progress' | 'stage-complete' | 'done' | 'error';
  data: Record<string, unknown>;
}

export function endsStream({ event }: FacadeEvent): boolean {
  return event === 'done' || event === 'error';
}

/**
 * Every durable event becomes exactly one facade event, so that a client's ids have no gap. `floor` is
 * the percentage that this client has seen already: what it is told never falls.
 */
export function facadeEvent(
  { jobId, at, data }: StoredEvent,
  { correlationId, floor }: { correlationId: string; floor: number },
): FacadeEvent {
  const common = { jobId, percentage: Math.max(floor, data.percent), at: at.toISOString() };
  switch (data.type) {
    case 'job-status':
      return progress(common, { ...data, status: statusOf(data.state) });
    case 'step-status':
      return completesStage(data.step, data.state)
        ? stageComplete(common, data)
        : progress(common, { ...data, stepState: data.state, state: 'running' });
    case 'step-progress':
      return progress(common, { ...data, stepPercentage: data.stepPercent });
    case 'step-error':
      return progress(common, { ...data, message: data.failure.message, code: data.failure.code });
    case 'warning':
      return progress(common, {
        stage: data.warning.stage,
        message: data.warning.message,
        warning: data.warning,
      });
    case 'job-completed':
      return {
        event: 'done',
        data: {
          ...common,
          percentage: 100,
          status: 'completed',
          videoUrl: videoUrl(jobId),
          sizeBytes: data.sizeBytes,
          durationSeconds: data.durationMs / 1_000,
          correlationId,
        },
      };
    case 'job-failed':
      return { event: 'error', data: failed(common, data, correlationId) };
  }
}

interface Common {
  jobId: string;
  percentage: number;
  at: string;
}

interface Progress {
  stage: string;
  message: string;
  status?: string;
  state?: string;
  step?: string;
  stepState?: StepState;
  stepPercentage?: number;
  code?: string;
  warning?: unknown;
}

function progress(common: Common, event: Progress): FacadeEvent {
  const { stage, message, status = 'running', state = 'running', step, ...more } = event;
  const { stepState, stepPercentage, code, warning } = more;
  const title = stageTitle(stage);
  const words = message || `${title}: ${stepState ?? state}`;
  const data = { ...common, stage: title, message: words, status, state, step };
  return { event: 'progress', data: { ...data, stepState, stepPercentage, code, warning } };
}

function stageComplete(
  common: Common,
  { stage, message }: Extract<JobEventData, { type: 'step-status' }>,
): FacadeEvent {
  const title = stageTitle(stage);
  const words = message || `${title} is done`;
  return {
    event: 'stage-complete',
    data: { ...common, stage: title, nextStage: nextStageTitle(stage), message: words },
  };
}

function completesStage(step: string, state: StepState): boolean {
  const isLastStep = STAGES.some(({ steps }) => steps.at(-1) === step);
  return isLastStep && (state === 'succeeded' || state === 'skipped');
}

function failed(
  common: Common,
  { state, failure }: Extract<JobEventData, { type: 'job-failed' }>,
  correlationId: string,
): Record<string, unknown> {
  return {
    ...common,
    status: statusOf(state),
    code: failure.code,
    message: failure.message,
    remediation: failure.remediation,
    stage: stageTitle(failure.stage),
    step: failure.step,
    sceneId: failure.sceneId === '' ? undefined : failure.sceneId,
    correlationId: failure.correlationId === '' ? correlationId : failure.correlationId,
  };
}
