import type { Context } from '@temporalio/activity';
import { ApplicationFailure, type Next } from '@temporalio/common';
import type {
  ActivityExecuteInput,
  ActivityInboundCallsInterceptor,
  ActivityInterceptorsFactory,
} from '@temporalio/worker';
import {
  MAX_WORKER_DEATHS,
  UNITS,
  type FailureReport,
  type HeartbeatDetails,
  type JobRef,
} from '@aura/proto';
import { describeCauses, Failure, isFailureCode, toFailure } from '@aura/failure';
import type { Log } from '@aura/telemetry';
import { runningActivity } from '@aura/work';

/**
 * What happens around every activity: a heartbeat that carries its progress, the count of its attempts,
 * and the translation of what it throws. The count lives in the heartbeat's details, which reach the next
 * attempt: attempts − own failures − graceful shutdowns = deaths of workers. So a deploy or a killed
 * worker uses up none of a provider's retries, and a unit that kills three workers is called poison.
 */
export function attemptsInterceptor(log: Log): ActivityInterceptorsFactory {
  return (context) => ({
    inbound: {
      execute: (input, next) => attempt(context, input, next, log),
    } satisfies ActivityInboundCallsInterceptor,
  });
}

async function attempt(
  context: Context,
  input: ActivityExecuteInput,
  next: Next<ActivityInboundCallsInterceptor, 'execute'>,
  log: Log,
): Promise<unknown> {
  const details = detailsAtStart(context);
  const startedAt = Date.now();
  const fields = fieldsOf(context, input);
  const stopBeating = beat(context, details);
  try {
    refusePoison(context, details);
    const result = await runningActivity.run(details, () => next(input));
    log.info({ ...fields, tookMs: Date.now() - startedAt }, 'activity done');
    return details.made ? result : asReused(result);
  } catch (error) {
    if (context.cancellationSignal.aborted) {
      if (context.cancellationDetails?.workerShutdown) details.shutdowns += 1;
      context.heartbeat(details);
      log.info({ ...fields, tookMs: Date.now() - startedAt }, 'activity stopped');
      throw context.cancellationSignal.reason;
    }
    const { correlationId = '', sceneId = '' } = fields;
    throw translated(context, { error, correlationId, sceneId }, details, (failure, retry) => {
      // A mistake of ours is found by its stack.
      const stack = failure.fault === 'aura' ? { err: error } : {};
      const outcome = { ...failure, ...fields, ...stack, retry, tookMs: Date.now() - startedAt };
      log.warn(outcome, 'activity failed');
    });
  } finally {
    stopBeating();
  }
}

/** What came of a unit of work that had been done before is told from what was made just now. */
function asReused(result: unknown): unknown {
  const isUnit = typeof result === 'object' && result !== null && 'unitKey' in result;
  return isUnit ? { ...result, reused: true } : result;
}

function detailsAtStart({ info }: Context): HeartbeatDetails {
  const before = info.heartbeatDetails as Partial<HeartbeatDetails> | undefined;
  const { failures = 0, shutdowns = 0, first, made } = before ?? {};
  const kept = { ...(first ? { first } : {}), ...(made ? { made } : {}) };
  return { percent: 0, detail: '', failures, shutdowns, ...kept };
}

/** That a provider is left alone meanwhile is only what followed: the failure is the one that the unit met first. */
function withCause(failure: Failure, { first }: HeartbeatDetails): Failure {
  if (failure.code !== 'CIRCUIT_OPEN' || !first || !isFailureCode(first.code)) return failure;
  return new Failure(first.code, first.message, { retryable: false, cause: failure });
}

function refusePoison({ info }: Context, { failures, shutdowns }: HeartbeatDetails): void {
  const deaths = info.attempt - 1 - failures - shutdowns;
  if (info.activityType in UNITS && deaths >= MAX_WORKER_DEATHS) {
    throw new Failure('WorkerCrashed', `${deaths} workers died while doing this piece of work.`);
  }
}

/** Well below the timeout, so that one lost heartbeat is no death; cancels arrive with the answer. */
function beat(context: Context, details: HeartbeatDetails): () => void {
  const timeoutMs = context.info.heartbeatTimeoutMs ?? 10_000;
  const timer = setInterval(
    () => context.heartbeat({ ...details }),
    Math.min(1_000, timeoutMs / 4),
  );
  return () => clearInterval(timer);
}

function translated(
  context: Context,
  { error, ...place }: { error: unknown; correlationId: string; sceneId: string },
  details: HeartbeatDetails,
  tell: (failure: FailureReport, retry: boolean) => void,
): ApplicationFailure {
  const { activityType, attempt: number } = context.info;
  const met = toFailure(error);
  const failure = withCause(met, details);
  const isUnit = activityType in UNITS;
  // Writing the record is never given up: a job waits for a database that is down, however long it is.
  const retries = isUnit ? UNITS[activityType as keyof typeof UNITS].retries : Infinity;
  details.failures += 1;
  // A full disk between two calls has opened no breaker.
  if (met.entry.fault === 'provider') details.first ??= { code: met.code, message: met.message };
  context.heartbeat({ ...details });
  const retry = (failure.retryable || !isUnit) && details.failures <= retries;
  const report = { ...reportOf(failure, error), ...place };
  tell(report, retry);
  return ApplicationFailure.create({
    message: `${failure.message} (attempt ${number})`,
    type: failure.code,
    nonRetryable: !retry,
    details: [report],
    ...(failure.retryAfterMs ? { nextRetryDelay: failure.retryAfterMs } : {}),
  });
}

function reportOf(failure: Failure, error: unknown): FailureReport {
  return {
    code: failure.code,
    message: failure.message,
    remediation: failure.remediation,
    fault: failure.entry.fault,
    details: describeCauses(error),
    stage: '',
    step: '',
    sceneId: '',
    correlationId: '',
  };
}

interface Fields {
  activity: string;
  attempt: number;
  videoId: string | undefined;
  correlationId: string | undefined;
  provider: string | undefined;
  sceneId: string | undefined;
}

function fieldsOf({ info }: Context, input: ActivityExecuteInput): Fields {
  const request = (input.args[0] ?? {}) as {
    job?: JobRef;
    provider?: string;
    sceneId?: string;
    scene?: { id: string };
    shot?: { sceneId: string };
  };
  return {
    activity: info.activityType,
    attempt: info.attempt,
    videoId: request.job?.videoId,
    correlationId: request.job?.correlationId,
    provider: request.provider,
    sceneId: request.sceneId ?? request.scene?.id ?? request.shot?.sceneId,
  };
}
