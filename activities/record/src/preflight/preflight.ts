import { setTimeout as sleep } from 'node:timers/promises';
import { freshWorkers } from '@aura/database';
import { Failure, type FailureCode } from '@aura/failure';
import { NEEDED_STAGES, type PreflightReport, type PreflightRequest } from '@aura/proto';
import { activitySignal, progress, reach, unitInWork } from '@aura/work';
import { askTemporal } from '../ask-temporal.js';
import type { RecordDependencies } from '../create-record-activities.js';
import { msByName, orderIn } from '@aura/provider';
import { allowanceOf } from './allowance.js';
import { findingsOf, type Finding, type Findings, type Obstacle } from './findings.js';
import { polledStages } from './pollers.js';

/** A worker that is starting is there in a few seconds. */
const PATIENCE_MS = 15_000;
const EVERY_MS = 500;
const ANSWER_MS = 3_000;
/** A frozen server is not waited for until the activity's own limit, which would be final. */
const MOST_MS = 5_000;
const RESERVING_MS = 3_000;
const GPU_WAIT_MS = 30_000;
const SILENT_DATABASE = 'PostgreSQL does not answer.';

/** With the look that its end meets, a pause, the last look and the reservation of the budget. */
export const LONGEST_PREFLIGHT_MS = PATIENCE_MS + MOST_MS + EVERY_MS + MOST_MS + RESERVING_MS;

/**
 * The brief stage: is everything there that this job needs, and who will do it? What may be missing for a
 * moment only (a worker that restarts, memory that others use, PostgreSQL or Temporal coming back) is waited
 * for, up to 15 s. Errors: the code of the gravest obstacle, with all of them in the details; where nobody
 * answers DatabaseUnavailable or TransientNetworkFailure, which are tried again.
 * It reaches the checkpoints of a unit of work but for `recorded`: what is there now is looked at anew.
 */
export async function preflight(
  dependencies: RecordDependencies,
  request: PreflightRequest,
): Promise<PreflightReport> {
  const work = { unit: 'preflight', key: request.job.videoId };
  await reach('before', work.unit, work.key);
  const report = await unitInWork.run({ ...work, begun: false }, () =>
    lookAround(dependencies, request),
  );
  await reach('done', work.unit, work.key);
  return report;
}

async function lookAround(
  dependencies: RecordDependencies,
  request: PreflightRequest,
): Promise<PreflightReport> {
  const { checks, ...found } = await settledFindings(dependencies, request);
  const [gravest] = obstaclesIn(checks);
  if (gravest) throw failureFor(gravest, checks);
  const reserving = inTime(allowanceOf(dependencies, request, found.providers), RESERVING_MS);
  const allowance = await answered(reserving, 'DatabaseUnavailable', SILENT_DATABASE);
  const { AURA_LANES: lanes, AURA_HEARTBEAT_TIMEOUT_MS: heartbeatTimeoutMs } =
    dependencies.settings;
  return {
    checks: checks.map(({ name, status, detail }) => ({ name, status, detail })),
    ...found,
    ...allowance,
    limits: {
      lanes,
      heartbeatTimeoutMs,
      gpuWaitMs: GPU_WAIT_MS,
      stageTimeoutsMs: msByName(dependencies.settings.AURA_STAGE_TIMEOUTS),
    },
  };
}

async function settledFindings(
  dependencies: RecordDependencies,
  request: PreflightRequest,
): Promise<Findings> {
  const signal = activitySignal();
  const deadline = Date.now() + (dependencies.patienceMs ?? PATIENCE_MS);
  for (let looks = 1; ; looks += 1) {
    const isLast = Date.now() >= deadline;
    const findings = await look(dependencies, request, signal).catch((error: unknown) => {
      if (isLast) throw error;
      return undefined;
    });
    if (findings && (isLast || !isWorthWaiting(findings.checks))) return findings;
    progress(Math.min(90, looks), 'waiting for workers');
    await sleep(EVERY_MS, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
}

async function look(
  { database, temporal, settings }: RecordDependencies,
  request: PreflightRequest,
  signal: AbortSignal | undefined,
): Promise<Findings> {
  progress(1, 'looking around');
  const [workers, polled] = await Promise.all([
    answered(inTime(freshWorkers(database), MOST_MS), 'DatabaseUnavailable', SILENT_DATABASE),
    answered(
      askTemporal(temporal, { withinMs: ANSWER_MS, signal }, () =>
        polledStages(temporal, [...NEEDED_STAGES, 'compose-gpu', 'record']),
      ),
      'TransientNetworkFailure',
      'Temporal does not answer.',
    ),
  ]).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  const orders = {
    script: orderIn(settings.AURA_SCRIPT_CHAIN),
    voice: orderIn(settings.AURA_VOICE_CHAIN),
    visuals: orderIn(settings.AURA_VISUALS_CHAIN),
  };
  return findingsOf(request, { workers, polled, orders });
}

/**
 * A plain question that is not answered is an outage whatever the error says: a failure that may be tried
 * again, never the end of an accepted job.
 */
async function answered<T>(asked: Promise<T>, code: FailureCode, message: string): Promise<T> {
  return asked.catch((cause: unknown) => {
    throw new Failure(code, message, { cause });
  });
}

async function inTime<T>(asked: Promise<T>, withinMs: number): Promise<T> {
  const settled = new AbortController();
  const late = sleep(withinMs, undefined, { signal: settled.signal }).then(() => {
    throw new Error(`no answer within ${withinMs} ms`);
  });
  return Promise.race([asked, late]).finally(() => settled.abort());
}

/** Waiting helps where the gravest obstacle may pass by itself. */
function isWorthWaiting(checks: Finding[]): boolean {
  return obstaclesIn(checks)[0]?.passing === true;
}

function obstaclesIn(checks: Finding[]): Obstacle[] {
  return checks.filter((check): check is Obstacle => check.code !== undefined);
}

function failureFor(gravest: Obstacle, checks: Finding[]): Failure {
  const details = obstaclesIn(checks)
    .map(({ code, detail }) => `${code}: ${detail}`)
    .join('\n');
  return new Failure(gravest.code, gravest.detail, { details });
}
