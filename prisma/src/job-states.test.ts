import { expect, test } from 'vitest';
import { JOB_STATES, isTerminal, type JobState } from '@aura/proto';
import { NEXT_STATES, mayBecome, pathTo } from './job-states.js';

/** What becomes of a job in `from` (row) that is to be in `wanted` (column): the states it passes. */
const PATHS: Record<JobState, Partial<Record<JobState, JobState[]>>> = {
  queued: {
    running: ['running'],
    'awaiting-approval': ['running', 'awaiting-approval'],
    paused: ['paused'],
    canceling: ['canceling'],
    succeeded: ['running', 'succeeded'],
    failed: ['failed'],
    canceled: ['canceling', 'canceled'],
  },
  running: {
    'awaiting-approval': ['awaiting-approval'],
    paused: ['paused'],
    canceling: ['canceling'],
    succeeded: ['succeeded'],
    failed: ['failed'],
    canceled: ['canceling', 'canceled'],
  },
  'awaiting-approval': {
    running: ['running'],
    paused: ['running', 'paused'],
    canceling: ['canceling'],
    succeeded: ['running', 'succeeded'],
    failed: ['failed'],
    canceled: ['canceling', 'canceled'],
  },
  paused: {
    queued: ['queued'],
    running: ['running'],
    'awaiting-approval': ['running', 'awaiting-approval'],
    canceling: ['canceling'],
    succeeded: ['running', 'succeeded'],
    failed: ['failed'],
    canceled: ['canceling', 'canceled'],
  },
  canceling: { succeeded: ['canceled'], failed: ['canceled'], canceled: ['canceled'] },
  succeeded: {},
  failed: {},
  canceled: {},
};

const pairs = JOB_STATES.flatMap((from) => JOB_STATES.map((wanted) => [from, wanted] as const));

test.each(pairs)(
  'a job that is %s and is to be %s takes the one path that is allowed',
  (from, wanted) => {
    const path = pathTo(from, wanted);
    expect(path).toEqual(PATHS[from][wanted] ?? []);
    path.reduce<JobState>((at, next) => {
      expect(mayBecome(at, next)).toBe(true);
      return next;
    }, from);
  },
);

test('a terminal state leads nowhere, and every other state has a way to an end', () => {
  for (const state of JOB_STATES) {
    expect(NEXT_STATES[state].length === 0).toBe(isTerminal(state));
    if (!isTerminal(state)) expect(pathTo(state, 'failed').at(-1)).toMatch(/^(failed|canceled)$/);
  }
});
