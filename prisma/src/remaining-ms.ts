import type { StepName } from '@aura/proto';
import type { Job, Step } from './generated/client.js';
import type { Expected } from './rates.js';

/** What of a job says how far it is. */
export type Going = Pick<Job, 'state' | 'percent' | 'startedAt'> & {
  /** `Expected`, where it is known. */
  expected?: unknown;
  /** How long of it the job has stood still for somebody. */
  stoodMs?: number;
  steps?: readonly Pick<Step, 'name' | 'state' | 'percent'>[];
};

/**
 * How long a running job will probably take from now on, in ms: what such jobs have taken here, and the more of it is done,
 * the more the pace that it has had itself. Without experience the pace alone; undefined while too little is done to tell by
 * that, and when it does not run.
 */
export function remainingMs(job: Going, now: Date): number | undefined {
  const { state, percent, startedAt, stoodMs = 0 } = job;
  if (state !== 'running' || !startedAt) return undefined;
  const elapsedMs = Math.max(0, now.getTime() - startedAt.getTime() - stoodMs);
  const expected = job.expected as Expected | null | undefined;
  if (expected && job.steps) return byExperience(expected, job.steps, elapsedMs);
  if (percent < TELLING_PERCENT) return undefined;
  return Math.round((elapsedMs * (100 - percent)) / percent);
}

function byExperience(
  { totalMs, shares }: Expected,
  steps: NonNullable<Going['steps']>,
  elapsedMs: number,
): number {
  const done = Math.min(
    1,
    steps.reduce((sum, step) => sum + (shares[step.name as StepName] ?? 0) * doneOf(step), 0),
  );
  const paceMs = done < TELLING_SHARE ? Math.max(totalMs, elapsedMs) : elapsedMs / done;
  // Machines are busier at one time than at another: its own pace soon says more than those of others.
  const trust = (1 - done) ** 2;
  return Math.round((totalMs * trust + paceMs * (1 - trust)) * (1 - done));
}

function doneOf({ state, percent }: { state: string; percent: number }): number {
  return state === 'succeeded' || state === 'skipped' ? 1 : percent / 100;
}

const TELLING_PERCENT = 10;
const TELLING_SHARE = 0.1;
