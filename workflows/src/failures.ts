import {
  ActivityFailure,
  ApplicationFailure,
  TemporalFailure,
  TimeoutFailure,
} from '@temporalio/common';
import { UNITS, type FailureReport, type UnitName } from '@aura/proto';

/** What was being done when it failed. */
export interface FailurePlace {
  unit: UnitName;
  sceneId: string;
  correlationId: string;
}

/**
 * A unit of work that failed for good, with the report that the job will show. Thrown inside the
 * workflow only; the worker's interceptor has already given the failure its code.
 */
export class UnitFailure extends Error {
  override readonly name = 'UnitFailure';
  constructor(
    readonly report: FailureReport,
    cause: unknown,
  ) {
    super(report.message, { cause });
  }
}

/** The report that an activity's failure carries, or the one that its timeout stands for. */
export function reportOf(
  error: unknown,
  { unit, sceneId, correlationId }: FailurePlace,
): FailureReport {
  const { stage, step } = UNITS[unit];
  const place = { stage, step, sceneId, correlationId };
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure) {
    const [told] = (cause.details ?? []) as Partial<FailureReport>[];
    if (told?.code) return { ...UNKNOWN, ...told, ...place };
  }
  if (cause instanceof TimeoutFailure) return { ...UNKNOWN, ...place, ...timedOut(step, unit) };
  return { ...UNKNOWN, ...place, details: cause instanceof Error ? cause.message : '' };
}

/**
 * An error that no activity and no cancel has caused is a mistake in this code: it fails the workflow task,
 * not the job. The job waits, visibly, until a repaired worker takes it up again.
 */
export function isOurBug(error: unknown): boolean {
  return !(error instanceof UnitFailure || error instanceof TemporalFailure);
}

/** No worker has taken the task from its queue in time. */
export function isUnclaimed(error: unknown): boolean {
  return (
    error instanceof ActivityFailure &&
    error.cause instanceof TimeoutFailure &&
    error.cause.timeoutType === 'SCHEDULE_TO_START'
  );
}

const UNKNOWN: Omit<FailureReport, 'stage' | 'step' | 'sceneId' | 'correlationId'> = {
  code: 'InternalError',
  message: 'Something went wrong inside Aura.',
  remediation: 'Report the correlation id; the server’s log has the details.',
  details: '',
  fault: 'aura',
};

function timedOut(step: string, unit: UnitName) {
  return {
    code: `StepTimeout:${step}`,
    message: `The step ${step} took longer than its time limit (at least ${UNITS[unit].timeoutMs / 1_000} s).`,
    remediation: 'See what the step waited for; a smaller film takes less time.',
    fault: 'provider',
  };
}
