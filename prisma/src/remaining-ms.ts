import type { Job } from './generated/client.js';

/**
 * How long a running job will probably take from now on, in ms, if it goes on at the pace it has had;
 * undefined while too little of it is done to tell, and when it does not run.
 */
export function remainingMs(
  { state, percent, startedAt }: Pick<Job, 'state' | 'percent' | 'startedAt'>,
  now: Date,
): number | undefined {
  if (state !== 'running' || !startedAt || percent < TELLING_PERCENT) return undefined;
  const elapsedMs = Math.max(0, now.getTime() - startedAt.getTime());
  return Math.round((elapsedMs * (100 - percent)) / percent);
}

const TELLING_PERCENT = 10;
