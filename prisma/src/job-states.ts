import { isTerminal, type JobState } from '@aura/proto';

/**
 * The state machine of a job within one run. Terminal states lead nowhere; only a job that runs can
 * succeed; whoever is canceled was canceling before, and an accepted cancel ends in nothing else.
 */
export const NEXT_STATES = {
  queued: ['running', 'paused', 'canceling', 'failed'],
  running: ['awaiting-approval', 'paused', 'canceling', 'succeeded', 'failed'],
  'awaiting-approval': ['running', 'canceling', 'failed'],
  paused: ['queued', 'running', 'canceling', 'failed'],
  canceling: ['canceled'],
  succeeded: [],
  failed: [],
  canceled: [],
} as const satisfies Record<JobState, readonly JobState[]>;

export function mayBecome(from: JobState, to: JobState): boolean {
  return (NEXT_STATES[from] as readonly JobState[]).includes(to);
}

/**
 * The states that a job passes on its way to `wanted`, the last one included; empty where nothing is to
 * be done (it is there, or has ended). A job that is canceling becomes canceled, whatever was wanted.
 */
export function pathTo(from: JobState, wanted: JobState): JobState[] {
  if (isTerminal(from) || from === wanted) return [];
  if (from === 'canceling') return isTerminal(wanted) ? ['canceled'] : [];
  if (mayBecome(from, wanted)) return [wanted];
  const between = wanted === 'canceled' ? 'canceling' : 'running';
  return mayBecome(from, between) && mayBecome(between, wanted) ? [between, wanted] : [];
}
