import { STAGES, type JobEventData, type StageName, type StepState } from '@aura/proto';
import { publicWarning } from '../videos/status.js';
import { laterStage, nextStage, stageTitle, statusOf, videoUrl } from '../videos/facade.js';

/** A durable event of a job as it was stored. */
export interface StoredEvent {
  jobId: string;
  seq: number;
  /** Which run of the job it is of. */
  run: number;
  /** Which is the newest run, where it is known: one may begin with the end of another. */
  newestRun?: number;
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

/** What a client has been told before of a run: it never hears of less, or of an earlier stage. */
export interface Told {
  percent: number;
  stage: StageName;
}

/** What it has been told after one more event. */
export function toldAfter(before: Told, { percent, stage, beginsRun = false }: News): Told {
  const told = beginsRun ? AT_START : before;
  const reached = STAGES.find(({ name }) => name === stage)?.name ?? told.stage;
  return { percent: Math.max(told.percent, percent), stage: laterStage(told.stage, reached) };
}

interface News {
  percent: number;
  stage?: string;
  /** Nothing that was told of an earlier run counts any more. */
  beginsRun?: boolean;
}

/** What is told before anything has happened. */
export const AT_START: Told = { percent: 0, stage: 'brief' };

/** How far the job is after an event, as far as the event says. */
export function newsOf(data: JobEventData): News {
  const { percent } = data;
  if (data.type === 'job-status') {
    return { percent, stage: data.stage, beginsRun: data.state === 'queued' };
  }
  if (data.type !== 'step-status' || !completesStage(data.step, data.state)) return { percent };
  return { percent, stage: nextStage(data.stage) ?? data.stage };
}

/**
 * Every durable event becomes exactly one facade event, so that a client's ids have no gap. The end of a run that is not
 * the job's newest is progress: the job goes on. Scenes are
 * worked on in lanes, so steps of several stages run at once: `stage` is the one that the job is in.
 */
export function facadeEvent(
  { jobId, run, at, data }: StoredEvent,
  {
    correlationId,
    told,
    newestRun = run,
  }: { correlationId: string; told: Told; newestRun?: number },
): FacadeEvent {
  const { percent: percentage, stage } = toldAfter(told, newsOf(data));
  const common = { jobId, percentage, at: at.toISOString() };
  if (isEnd(data)) {
    if (run < newestRun) return progress(common, { ...endOfEarlierRun(data), stage });
    return data.type === 'job-failed'
      ? { event: 'error', data: failed({ ...common, stage }, data, correlationId) }
      : { event: 'done', data: completed(common, data, correlationId) };
  }
  switch (data.type) {
    case 'job-status':
      return progress(common, { ...data, stage, status: statusOf(data.state) });
    case 'step-status':
      return completesStage(data.step, data.state)
        ? stageComplete(common, data)
        : progress(common, { ...data, stage, stepState: data.state, state: undefined });
    case 'step-progress':
      return progress(common, { ...data, stage, stepPercentage: data.stepPercent });
    case 'step-error':
      return progress(common, {
        stage,
        step: data.step,
        message: data.failure.message,
        code: data.failure.code,
      });
    case 'warning':
      return progress(common, {
        stage,
        message: data.warning.message,
        warning: publicWarning(data.warning),
      });
  }
}

type JobEnd = Extract<JobEventData, { type: 'job-completed' | 'job-failed' }>;

function isEnd(data: JobEventData): data is JobEnd {
  return data.type === 'job-completed' || data.type === 'job-failed';
}

function endOfEarlierRun(data: JobEnd): Pick<Progress, 'state' | 'status' | 'message' | 'code'> {
  const why = data.type === 'job-failed' ? data.failure : undefined;
  return {
    state: data.state,
    status: statusOf(data.state),
    message: why?.message ?? '',
    ...(why ? { code: why.code } : {}),
  };
}

function completed(
  common: Common,
  { sizeBytes, durationMs }: Extract<JobEnd, { type: 'job-completed' }>,
  correlationId: string,
) {
  return {
    ...common,
    percentage: 100,
    status: 'completed',
    videoUrl: videoUrl(common.jobId),
    sizeBytes,
    durationSeconds: durationMs / 1_000,
    correlationId,
  };
}

interface Common {
  jobId: string;
  percentage: number;
  at: string;
}

interface Progress {
  stage: StageName;
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
  const { stage, message, status = 'running', state, step, ...more } = event;
  const { stepState, stepPercentage, code, warning } = more;
  const title = stageTitle(stage);
  const words = message || `${title}: ${stepState ?? state ?? status}`;
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
    data: { ...common, stage: title, nextStage: titleAfter(stage), message: words },
  };
}

function titleAfter(stage: StageName): string | null {
  const next = nextStage(stage);
  return next ? stageTitle(next) : null;
}

/** Whether this ends a stage: its last step is done. */
function completesStage(step: string, state: StepState): boolean {
  const isLastStep = STAGES.some(({ steps }) => steps.at(-1) === step);
  return isLastStep && (state === 'succeeded' || state === 'skipped');
}

function failed(
  { stage, ...common }: Common & { stage: StageName },
  { state, failure }: Extract<JobEventData, { type: 'job-failed' }>,
  correlationId: string,
): Record<string, unknown> {
  return {
    ...common,
    status: statusOf(state),
    code: failure.code,
    message: failure.message,
    remediation: failure.remediation,
    stage: stageTitle(failure.stage || stage),
    step: failure.step || undefined,
    sceneId: failure.sceneId || undefined,
    correlationId: failure.correlationId || correlationId,
  };
}
