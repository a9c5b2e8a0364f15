/**
 * A circuit breaker as a pure state machine: it never looks at a clock by itself and never calls anything.
 * Closed lets all through; `failures` in a row open it for `openMs`; then one trial at a time is let through,
 * until `successes` of them close it again or one of them opens it anew.
 */
export interface BreakerRules {
  failures: number;
  openMs: number;
  successes: number;
}

export const BREAKER_RULES: BreakerRules = { failures: 5, openMs: 60_000, successes: 2 };

/** `round` counts openings and closings, so that what began before one does not count after it. */
export type Breaker =
  | { state: 'closed'; round: number; failures: number }
  | { state: 'open'; round: number; untilMs: number }
  | { state: 'half-open'; round: number; successes: number; isTrialOut: boolean };

/** What is handed back when the call is over. Undefined means that the call must not be made. */
export interface Admission {
  round: number;
}

/**
 * How a call went, as far as the breaker cares. `neutral` is everything that says nothing of the service's
 * health: its 4xx answers, a cancel, our own limits.
 */
export type CallEnding = 'success' | 'failure' | 'neutral';

export const CLOSED: Breaker = { state: 'closed', round: 0, failures: 0 };

/** Whether a call may be made now. */
export function admit(
  breaker: Breaker,
  nowMs: number,
): { breaker: Breaker; admission: Admission | undefined } {
  switch (breaker.state) {
    case 'closed':
      return { breaker, admission: { round: breaker.round } };
    case 'open':
      if (nowMs < breaker.untilMs) return { breaker, admission: undefined };
      return trial({ state: 'half-open', round: breaker.round + 1, successes: 0 });
    case 'half-open':
      return breaker.isTrialOut ? { breaker, admission: undefined } : trial(breaker);
  }
}

/** The breaker after an admitted call has ended. Endings from an earlier round change nothing. */
export function settle(
  breaker: Breaker,
  { admission, ending, nowMs }: { admission: Admission; ending: CallEnding; nowMs: number },
  rules: BreakerRules = BREAKER_RULES,
): Breaker {
  if (admission.round !== breaker.round || breaker.state === 'open') return breaker;
  const round = breaker.round + 1;
  const opened: Breaker = { state: 'open', round, untilMs: nowMs + rules.openMs };
  if (breaker.state === 'closed') {
    if (ending === 'neutral') return breaker;
    if (ending === 'success') return { ...breaker, failures: 0 };
    const failures = breaker.failures + 1;
    return failures >= rules.failures ? opened : { ...breaker, failures };
  }
  if (ending === 'failure') return opened;
  if (ending === 'neutral') return { ...breaker, isTrialOut: false };
  const successes = breaker.successes + 1;
  if (successes >= rules.successes) return { state: 'closed', round, failures: 0 };
  return { ...breaker, successes, isTrialOut: false };
}

/** How long until the next call is let through, in ms; 0 where one may be made now. */
export function waitMs(breaker: Breaker, nowMs: number): number {
  return breaker.state === 'open' ? Math.max(0, breaker.untilMs - nowMs) : 0;
}

function trial(breaker: { state: 'half-open'; round: number; successes: number }): {
  breaker: Breaker;
  admission: Admission;
} {
  return { breaker: { ...breaker, isTrialOut: true }, admission: { round: breaker.round } };
}
