import { Context } from '@temporalio/activity';

/** As long as a silent worker counts as alive, where nobody says otherwise. */
const DEFAULT_HEARTBEAT_TIMEOUT_MS = 10_000;

/** The running activity's signal to stop; undefined outside of an activity (tests, tools). */
export function activitySignal(): AbortSignal | undefined {
  return context()?.cancellationSignal;
}

/** How long this attempt may be silent before its worker counts as dead, and how long it may take. */
export function activityLimits(): { heartbeatMs: number; attemptMs: number } {
  const { heartbeatTimeoutMs, startToCloseTimeoutMs } = context()?.info ?? {};
  return {
    heartbeatMs: heartbeatTimeoutMs || DEFAULT_HEARTBEAT_TIMEOUT_MS,
    attemptMs: startToCloseTimeoutMs || Number.POSITIVE_INFINITY,
  };
}

function context(): Context | undefined {
  try {
    return Context.current();
  } catch {
    return undefined;
  }
}
