import {
  STEPS,
  isTerminal,
  type FailureReport,
  type JobEventData,
  type JobState,
  type StageName,
  type StepName,
  type StepState,
  type Warning,
} from '@aura/proto';
import { mayBecome } from './job-states.js';

/** An event as it stands in the log. */
export interface LoggedEvent {
  seq: number;
  at: Date;
  data: JobEventData;
}

/** What a job's events say, taken together: the part of the job's row that only they may change. */
export interface JobFold {
  seq: number;
  state: JobState;
  stage: StageName;
  percent: number;
  message: string;
  error: FailureReport | null;
  warnings: Warning[];
  queuedAt: Date | null;
  startedAt: Date | null;
  /** How long the run has stood still for somebody since its start, in ms; without what has not ended yet. */
  stoodMs: number;
  stoodSince: Date | null;
  cancelRequestedAt: Date | null;
  canceledAt: Date | null;
  endedAt: Date | null;
  updatedAt: Date | null;
  /** In pipeline order. */
  steps: StepFold[];
}

export interface StepFold {
  name: StepName;
  stage: StageName;
  state: StepState;
  percent: number;
  message: string;
  error: FailureReport | null;
  startedAt: Date | null;
  endedAt: Date | null;
}

/** A job of which nothing has been said yet. */
export function emptyFold(): JobFold {
  return {
    seq: 0,
    state: 'queued',
    stage: 'brief',
    percent: 0,
    message: '',
    error: null,
    warnings: [],
    queuedAt: null,
    startedAt: null,
    stoodMs: 0,
    stoodSince: null,
    cancelRequestedAt: null,
    canceledAt: null,
    endedAt: null,
    updatedAt: null,
    steps: STEPS.map(({ name, stage }) => ({ name, stage, ...UNTOUCHED })),
  };
}

const UNTOUCHED = {
  state: 'pending',
  percent: 0,
  message: '',
  error: null,
  startedAt: null,
  endedAt: null,
} as const satisfies Partial<StepFold>;

export function foldEvents(events: readonly LoggedEvent[]): JobFold {
  return events.reduce(applyEvent, emptyFold());
}

/**
 * The fold after one more event. Pure. A job that has ended may be queued once more: that is its next run, of
 * which nothing has been said yet but the number of its first event. Throws where the event cannot follow: a gap in the numbers, a job
 * that has ended, a transition that does not exist, a percentage that falls.
 */
export function applyEvent(before: JobFold, { seq, at, data }: LoggedEvent): JobFold {
  const fold = beginsRun(before, data) ? nextRun(before) : before;
  refuseImpossible(fold, seq, data);
  const next = { ...fold, seq, updatedAt: at, percent: data.percent };
  switch (data.type) {
    case 'job-status':
      return withState({ ...next, stage: data.stage, message: data.message }, data.state, at);
    case 'step-status':
      return {
        ...next,
        message: data.message || fold.message,
        steps: changeStep(fold, data.step, (step) => stepIn(step, data, at)),
      };
    case 'step-progress':
      return {
        ...next,
        message: data.message || fold.message,
        steps: changeStep(fold, data.step, (step) => ({
          ...step,
          percent: data.stepPercent,
          message: data.message,
        })),
      };
    case 'step-error':
      return {
        ...next,
        steps: changeStep(fold, data.step, (step) => ({ ...step, error: data.failure })),
      };
    case 'warning':
      return { ...next, warnings: [...fold.warnings, data.warning] };
    case 'job-completed':
      return withState(next, 'succeeded', at);
    case 'job-failed':
      break;
  }
  return withState({ ...next, error: data.failure, message: data.failure.message }, data.state, at);
}

/** Whether an event takes a job that has ended up again. */
export function beginsRun({ state }: { state: string }, data: JobEventData): boolean {
  return isTerminal(state) && data.type === 'job-status' && data.state === 'queued';
}

function nextRun(fold: JobFold): JobFold {
  const steps = fold.steps.map((step) => ({ ...step, ...UNTOUCHED }));
  return { ...emptyFold(), seq: fold.seq, steps };
}

function refuseImpossible(fold: JobFold, seq: number, data: JobEventData): void {
  const to = data.type === 'job-status' || data.type === 'job-failed' ? data.state : undefined;
  const target = data.type === 'job-completed' ? 'succeeded' : to;
  const problem =
    (seq !== fold.seq + 1 && `it has number ${seq}`) ||
    (isTerminal(fold.state) && 'the job has ended') ||
    (data.type === 'job-status' && isTerminal(data.state) && 'an end has its own event') ||
    (target && !mayFollow(fold, target) && `${fold.state} does not become ${target}`) ||
    (data.percent < fold.percent && `percent would fall to ${data.percent}`) ||
    ((data.percent === 100) !== (target === 'succeeded') &&
      '100 percent is success, and only that');
  if (problem) throw new Error(`${data.type} cannot follow event ${fold.seq}: ${problem}`);
}

/** The first event says queued; later a status may also be said again, with another stage. */
function mayFollow(fold: JobFold, target: JobState): boolean {
  if (fold.seq === 0) return target === 'queued';
  return fold.state === target || mayBecome(fold.state, target);
}

function withState(fold: JobFold, state: JobState, at: Date): JobFold {
  const stands = state === 'paused' || state === 'awaiting-approval';
  const { startedAt, stoodSince } = fold;
  const wasStanding = !stands && startedAt && stoodSince;
  return {
    ...fold,
    stoodSince: stands ? (stoodSince ?? at) : null,
    stoodMs: fold.stoodMs + (wasStanding ? at.getTime() - stoodSince.getTime() : 0),
    state,
    queuedAt: fold.queuedAt ?? (state === 'queued' ? at : null),
    startedAt: fold.startedAt ?? (state === 'running' ? at : null),
    cancelRequestedAt: fold.cancelRequestedAt ?? (state === 'canceling' ? at : null),
    canceledAt: state === 'canceled' ? at : null,
    endedAt: isTerminal(state) ? at : null,
  };
}

function stepIn(
  step: StepFold,
  data: Extract<JobEventData, { type: 'step-status' }>,
  at: Date,
): StepFold {
  const ended = data.state !== 'pending' && data.state !== 'running';
  return {
    ...step,
    state: data.state,
    percent: data.state === 'succeeded' ? 100 : step.percent,
    message: data.message,
    startedAt: step.startedAt ?? (data.state === 'running' ? at : null),
    endedAt: step.endedAt ?? (ended ? at : null),
  };
}

function changeStep(
  fold: JobFold,
  name: StepName,
  change: (step: StepFold) => StepFold,
): StepFold[] {
  return fold.steps.map((step) => (step.name === name ? change(step) : step));
}
