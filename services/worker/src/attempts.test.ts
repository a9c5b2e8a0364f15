import { expect, test, vi } from 'vitest';
import {
  ActivityCancellationDetails,
  ApplicationFailure,
  CancelledFailure,
} from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { Info } from '@temporalio/activity';
import { Failure } from '@aura/failure';
import type { FailureReport, HeartbeatDetails } from '@aura/proto';
import { createLog } from '@aura/telemetry';
import { progress } from '@aura/work';
import { attemptsInterceptor } from './attempts.js';

const quiet = createLog('test', 'silent');

/** One attempt of an activity with the worker's interceptor around it, and every heartbeat it sends. */
function attemptOf(info: Partial<Info>) {
  const environment = new MockActivityEnvironment(
    { activityType: 'narrateScene', heartbeatTimeoutMs: 40, ...info },
    { interceptors: [attemptsInterceptor(quiet)], logger: new DefaultLogger('ERROR') },
  );
  const beats: HeartbeatDetails[] = [];
  environment.on('heartbeat', (details: HeartbeatDetails) => beats.push({ ...details }));
  const run = (work: () => Promise<unknown>) => environment.run(work);
  const failing = (error: Error) =>
    run(() => Promise.reject(error)).then(
      () => Promise.reject(new Error('it did not fail')),
      (failure: unknown) => failure as ApplicationFailure,
    );
  return { environment, beats, run, failing };
}

function details(counted: Partial<HeartbeatDetails>): HeartbeatDetails {
  return { percent: 0, detail: '', failures: 0, shutdowns: 0, ...counted };
}

const trouble = new Failure('VoiceFailed', 'The voice said nothing.');

test('a failure of its own is counted in the heartbeat and tried again, up to the retries of its unit', async () => {
  for (let failures = 0; failures <= 3; failures += 1) {
    const { beats, failing } = attemptOf({
      attempt: failures + 1,
      heartbeatDetails: failures === 0 ? undefined : details({ failures }),
    });
    const failure = await failing(new Failure('TransientNetworkFailure', 'A connection failed.'));
    expect(failure).toBeInstanceOf(ApplicationFailure);
    expect(failure.type).toBe('TransientNetworkFailure');
    expect(beats.at(-1)).toMatchObject({ failures: failures + 1, shutdowns: 0 });
    expect(failure.nonRetryable).toBe(failures === 3); // narrateScene has three retries
  }
});

test('three deaths of workers are poison, and neither failures nor shutdowns count as deaths', async () => {
  const dead = attemptOf({ attempt: 4 });
  const failure = await dead.failing(trouble);
  expect(failure).toMatchObject({ type: 'WorkerCrashed', nonRetryable: true });

  for (const heartbeatDetails of [details({ failures: 1 }), details({ shutdowns: 1 })]) {
    const { run } = attemptOf({ attempt: 4, heartbeatDetails });
    expect(await run(() => Promise.resolve('done'))).toBe('done');
  }
  const twice = attemptOf({ attempt: 3 });
  expect(await twice.run(() => Promise.resolve('done'))).toBe('done');
});

test('a poisoned unit is not begun a fourth time', async () => {
  const work = vi.fn(() => Promise.resolve());
  await expect(attemptOf({ attempt: 4 }).run(work)).rejects.toThrow();
  expect(work).not.toHaveBeenCalled();
});

test('a worker that is asked to stop gives the work back and uses up nothing', async () => {
  const { environment, beats, run } = attemptOf({
    attempt: 2,
    heartbeatDetails: details({ failures: 1 }),
  });
  const running = run(() => new Promise((_, reject) => stopped(environment, reject)));
  environment.cancel('WORKER_SHUTDOWN', new ActivityCancellationDetails({ workerShutdown: true }));
  await expect(running).rejects.toThrow(CancelledFailure);
  expect(beats.at(-1)).toMatchObject({ failures: 1, shutdowns: 1 });
});

test('a cancel is no failure: the signal’s own reason is thrown and nothing is counted', async () => {
  const { environment, beats, run } = attemptOf({});
  const running = run(
    () => new Promise((_, reject) => stopped(environment, () => reject(new Error('ffmpeg died')))),
  );
  environment.cancel();
  await expect(running).rejects.toBe(environment.context.cancellationSignal.reason);
  expect(beats.at(-1)).toMatchObject({ failures: 0, shutdowns: 0 });
});

test('what is not in the table of failures is an internal error, with its causes for operators, and final', async () => {
  const { failing } = attemptOf({});
  const failure = await failing(new TypeError('x is undefined', { cause: new Error('deep down') }));
  expect(failure).toMatchObject({ type: 'InternalError', nonRetryable: true });
  const [report] = failure.details as [FailureReport];
  expect(report.message).not.toContain('undefined');
  expect(report.details).toContain('TypeError: x is undefined');
  expect(report.details).toContain('deep down');
});

test('where a breaker has opened between two attempts, the failure is the one that was met first', async () => {
  const busy = new Failure('API_ERROR', 'The service is overloaded.');
  const { beats, failing } = attemptOf({ attempt: 1 });
  expect((await failing(busy)).nonRetryable).toBe(false);
  const next = attemptOf({ attempt: 2, heartbeatDetails: beats.at(-1) });
  const failure = await next.failing(new Failure('CIRCUIT_OPEN', 'It is left alone.'));
  expect(failure).toMatchObject({ type: 'API_ERROR', nonRetryable: true });
  const [report] = failure.details as [FailureReport];
  expect(report).toMatchObject({ code: 'API_ERROR', message: 'The service is overloaded.' });
  expect(report.details).toContain('It is left alone.');
});

test('an open breaker stays the provider’s fault, though this machine failed before', async () => {
  const { beats, failing } = attemptOf({ attempt: 1 });
  await failing(new Failure('FFmpegFailedExitCode:1', 'The sound could not be read.'));
  const next = attemptOf({ attempt: 2, heartbeatDetails: beats.at(-1) });
  const failure = await next.failing(new Failure('CIRCUIT_OPEN', 'It is left alone.'));
  expect(failure.type).toBe('CIRCUIT_OPEN');
  expect((failure.details as [FailureReport])[0].fault).toBe('provider');
});

test('the time that a provider asks for is waited before the next try', async () => {
  const failure = await attemptOf({}).failing(
    new Failure('TransientNetworkFailure', 'Slow down.', { retryAfterMs: 7_000 }),
  );
  expect(failure.nextRetryDelay).toBe(7_000);
});

test('the record keeps trying, whatever went wrong, and is never called poison', async () => {
  const record = {
    activityType: 'advance',
    attempt: 40_000,
    heartbeatDetails: { percent: 0, detail: '', failures: 39_999, shutdowns: 0 },
  };
  const failure = await attemptOf(record).failing(new Error('connection reset by PostgreSQL'));
  expect(failure.nonRetryable).toBe(false);
});

test('progress travels with the heartbeat, which beats several times within its timeout', async () => {
  const { beats, run } = attemptOf({ heartbeatTimeoutMs: 100 });
  await run(async () => {
    progress(40, 'speaking');
    await new Promise((resolve) => setTimeout(resolve, 120));
  });
  expect(beats.length).toBeGreaterThanOrEqual(3);
  expect(beats.at(-1)).toMatchObject({ percent: 40, detail: 'speaking' });
});

function stopped(environment: MockActivityEnvironment, then: (reason: unknown) => void): void {
  const signal = environment.context.cancellationSignal;
  if (signal.aborted) then(signal.reason);
  else signal.addEventListener('abort', () => then(signal.reason), { once: true });
}
