export const JOB_STATES = [
  'queued',
  'running',
  'awaiting-approval',
  'paused',
  'canceling',
  'succeeded',
  'failed',
  'canceled',
] as const;
export type JobState = (typeof JOB_STATES)[number];

export const TERMINAL_STATES = ['succeeded', 'failed', 'canceled'] as const satisfies JobState[];
export type TerminalState = (typeof TERMINAL_STATES)[number];

export const STEP_STATES = [
  'pending',
  'running',
  'succeeded',
  'failed',
  'skipped',
  'canceled',
] as const;
export type StepState = (typeof STEP_STATES)[number];

export function isTerminal(state: string): state is TerminalState {
  return (TERMINAL_STATES as readonly string[]).includes(state);
}
