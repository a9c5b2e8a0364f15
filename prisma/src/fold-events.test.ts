import { expect, test } from 'vitest';
import {
  isTerminal,
  JOB_STATES,
  type FailureReport,
  type JobEventData,
  type JobState,
} from '@aura/proto';
import { applyEvent, foldEvents, type JobFold, type LoggedEvent } from './fold-events.js';
import { pathTo } from './job-states.js';

const failure: FailureReport = {
  code: 'VoiceFailed',
  message: 'The voice failed.',
  remediation: 'Try again.',
  stage: 'voice',
  step: 'narration',
  sceneId: 's01',
  correlationId: 'test',
  details: '',
  fault: 'provider',
};

const EVENTS: Record<string, JobEventData> = {
  queued: status('queued'),
  running: status('running'),
  'awaiting-approval': status('awaiting-approval'),
  paused: status('paused'),
  canceling: status('canceling'),
  'succeeded said as a status': status('succeeded'),
  'failed said as a status': status('failed'),
  'step-status': step('running'),
  'step-progress': {
    type: 'step-progress',
    step: 'narration',
    stage: 'voice',
    stepPercent: 40,
    percent: 10,
    message: '',
  },
  'step-error': { type: 'step-error', step: 'narration', stage: 'voice', percent: 10, failure },
  warning: {
    type: 'warning',
    percent: 10,
    warning: { code: 'Shorter', message: '', stage: 'script', sceneId: '' },
  },
  'job-completed': {
    type: 'job-completed',
    state: 'succeeded',
    percent: 100,
    sizeBytes: 1,
    durationMs: 1,
  },
  'job-failed': { type: 'job-failed', state: 'failed', percent: 10, failure },
  'job-failed (canceled)': { type: 'job-failed', state: 'canceled', percent: 10, failure },
};

/** Events besides the steps' and warnings that may follow in a state. */
const ALLOWED: Record<JobState, string[]> = {
  queued: ['queued', 'running', 'paused', 'canceling', 'job-failed'],
  running: ['running', 'awaiting-approval', 'paused', 'canceling', 'job-completed', 'job-failed'],
  'awaiting-approval': ['awaiting-approval', 'running', 'canceling', 'job-failed'],
  paused: ['paused', 'queued', 'running', 'canceling', 'job-failed'],
  canceling: ['canceling', 'job-failed (canceled)'],
  succeeded: ['queued'],
  failed: ['queued'],
  canceled: ['queued'],
};
const OF_STEPS = ['step-status', 'step-progress', 'step-error', 'warning'];

const pairs = JOB_STATES.flatMap((state) =>
  Object.keys(EVENTS).map((event) => [state, event] as const),
);

test.each(pairs)(
  'a job that is %s takes the event %s, or refuses it, as the table says',
  (state, name) => {
    const fold = jobThatIs(state);
    const ended = isTerminal(state);
    const allowed = ALLOWED[state].includes(name) || (!ended && OF_STEPS.includes(name));
    const apply = () => applyEvent(fold, logged(EVENTS[name]!, fold.seq + 1));
    if (allowed) expect(apply().seq).toBe(fold.seq + 1);
    else expect(apply).toThrow(/cannot follow/);
  },
);

test('refuses a gap, a repetition and a falling percentage', () => {
  const fold = applyEvent(jobThatIs('running'), logged({ ...step('running'), percent: 50 }, 3));
  expect(() => applyEvent(fold, logged(status('running', 50), 5))).toThrow(/has number 5/);
  expect(() => applyEvent(fold, logged(status('running', 50), 3))).toThrow(/has number 3/);
  expect(() => applyEvent(fold, logged(status('running', 49), 4))).toThrow(/would fall/);
  expect(() => applyEvent(fold, logged(status('running', 100), 4))).toThrow(/only that/);
});

test('writes each time once, and the times of steps with their states', () => {
  const folded = foldEvents([
    logged(status('queued', 0), 1),
    logged(status('running'), 2),
    logged(step('running'), 3),
    logged(status('running'), 4),
    logged(step('succeeded'), 5),
    logged(status('canceling'), 6),
    logged(EVENTS['job-failed (canceled)']!, 7),
  ]);
  const { queuedAt, startedAt, cancelRequestedAt, canceledAt, endedAt, updatedAt } = folded;
  const seconds = [queuedAt, startedAt, cancelRequestedAt, canceledAt, endedAt, updatedAt];
  expect(seconds.map((at) => at?.getTime())).toEqual([1, 2, 6, 7, 7, 7].map((s) => s * 1_000));
  const narration = folded.steps.find(({ name }) => name === 'narration');
  expect(narration).toMatchObject({ state: 'succeeded', percent: 100 });
  expect([narration?.startedAt, narration?.endedAt].map((at) => at?.getTime())).toEqual([
    3_000, 5_000,
  ]);
});

test('the next run of a job begins with nothing but its number, and is folded like the first', () => {
  const failed = applyEvent(jobThatIs('running'), logged(step('running'), 3));
  const over = applyEvent(failed, logged(EVENTS['job-failed']!, 4));
  const again = applyEvent(over, logged(status('queued', 0), 5));
  const first = foldEvents([logged(status('queued', 0), 1)]);
  const times = { queuedAt: new Date(5_000), updatedAt: new Date(5_000) };
  expect(again).toEqual({ ...first, ...times, seq: 5 });
  expect(applyEvent(again, logged(status('running', 0), 6)).startedAt).toEqual(new Date(6_000));
});

function jobThatIs(state: JobState): JobFold {
  const queued = foldEvents([logged(status('queued', 0), 1)]);
  return pathTo('queued', state).reduce((fold, next) => {
    const data =
      (next === 'succeeded' && EVENTS['job-completed']) ||
      (next === 'failed' && EVENTS['job-failed']) ||
      (next === 'canceled' && EVENTS['job-failed (canceled)']) ||
      status(next);
    return applyEvent(fold, logged(data, fold.seq + 1));
  }, queued);
}

function status(state: JobState, percent = 10): JobEventData {
  return { type: 'job-status', state, percent, stage: 'voice', message: '' };
}

function step(state: 'running' | 'succeeded') {
  return {
    type: 'step-status',
    step: 'narration',
    stage: 'voice',
    state,
    percent: 10,
    message: '',
  } as const;
}

function logged(data: JobEventData, seq: number): LoggedEvent {
  return { seq, at: new Date(seq * 1_000), data };
}
