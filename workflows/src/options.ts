import type { ActivityOptions } from '@temporalio/workflow';
import { UNITS, type Limits, type QueueName, type UnitName } from '@aura/proto';

/**
 * The one table of time limits, retries and cancellation.
 *
 * A unit's own failures are counted by the worker, against `retries` of UNITS: it then answers with a
 * failure that is not retryable. So the policy here has no maximum, and a worker that dies or is
 * deployed uses up nothing. Running out of time is final at once. A cancel waits until the activity
 * has cleaned up.
 */
export function unitOptions(
  unit: UnitName,
  taskQueue: QueueName,
  call: {
    limits: Limits;
    summary: string;
    activityId?: string;
    extraTimeMs?: number;
    /** How long the provider may take for one call. */
    callTimeoutMs?: number | undefined;
  },
): ActivityOptions {
  return {
    taskQueue,
    summary: call.summary,
    ...(call.activityId ? { activityId: call.activityId } : {}),
    startToCloseTimeout: timeLimitMs(unit, call) + (call.extraTimeMs ?? 0),
    heartbeatTimeout: call.limits.heartbeatTimeoutMs,
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: {
      initialInterval: '1s',
      backoffCoefficient: 2,
      maximumInterval: '30s',
      nonRetryableErrorTypes: ['TemporalTimeout:StartToClose'],
    },
  };
}

/** So many calls that each take all their time must not be cut off by the limit of their unit. */
const CALLS: Record<UnitName, number> = {
  preflight: 0,
  searchDocuments: 0,
  // The script, its pictures, how it is built; the first and the last once more with their faults named.
  writeScript: 5,
  measurePace: 1.5,
  narrateScene: 1.5,
  illustrateScene: 1.5,
  encodeSegment: 0,
  assembleFilm: 0,
};

/** What is set for the stage holds; else a unit's own limit, or more where its provider may take longer. */
function timeLimitMs(
  unit: UnitName,
  { limits, callTimeoutMs = 0 }: { limits: Limits; callTimeoutMs?: number | undefined },
): number {
  const { stage, timeoutMs } = UNITS[unit];
  // Histories from before it could be set have no such member.
  const set = limits.stageTimeoutsMs as Limits['stageTimeoutsMs'] | undefined;
  return set?.[stage] ?? Math.max(timeoutMs, CALLS[unit] * callTimeoutMs);
}

/** Writing the record and clearing up are never given up: the database comes back, the disk too. */
export const KEEP_TRYING: ActivityOptions = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '10s',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '10s' },
};

/** Clearing up is worth a few tries on one machine, and no job waits for it. */
export const TRY_BRIEFLY: ActivityOptions = {
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '60s',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { maximumAttempts: 3 },
};

/** What holds before preflight has told how this installation is tuned. */
export const FIRST_LIMITS: Limits = {
  heartbeatTimeoutMs: 10_000,
  lanes: 4,
  gpuWaitMs: 30_000,
  stageTimeoutsMs: {},
};
