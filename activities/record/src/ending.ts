import { pathTo, type JobFold, type LockedJob, type StepFold } from '@aura/database';
import type {
  FailureReport,
  Film,
  FinishRequest,
  JobEventData,
  JobState,
  StepState,
  TerminalState,
} from '@aura/proto';
import { cut, DETAILS_CHARACTERS } from './cut.js';
import { failureOf, publicReport } from './failure-report.js';
import { wholeMaking } from './making.js';
import { reportChanges } from './replacements.js';
import { warningEvents } from './warnings.js';
import type { Entry } from './write-job.js';

export type Outcome =
  | { state: 'succeeded'; film: Film }
  | { state: 'failed' | 'canceled'; report: FailureReport; details: string };

export interface Ending extends Entry {
  /** What became of the job; undefined where it had ended before. */
  outcome?: Outcome;
}

/**
 * The one end of a job: what is left to say of warnings and steps, then the terminal event. Pure. A job
 * that has ended keeps its end. An accepted cancel wins over whatever the run came to, and a job never
 * succeeds without a film.
 */
export function endingOf(job: LockedJob, request: FinishRequest): Ending {
  const { fold } = job;
  const path = pathTo(fold.state, wantedEnd(request));
  const state = path.at(-1);
  if (!state) return { events: [] };
  const outcome = outcomeOf(job, request, state as TerminalState);
  const warnings = [...request.warnings, ...(request.film?.warnings ?? [])];
  const events = [
    ...warningEvents(fold, warnings, fold.percent),
    ...path.slice(0, -1).map((next) => statusEvent(fold, next)),
    ...fold.steps.flatMap((step) => stepEnd(fold.percent, step, outcome)),
    terminalEvent(fold.percent, outcome),
  ];
  const changes =
    outcome.state === 'succeeded'
      ? { film: outcome.film, scenesDone: job.scenesTotal }
      : { failureDetails: outcome.details };
  const downgrades = reportChanges(job, request.replacements);
  const making = wholeMaking(job, request.making);
  return { events, changes: { ...changes, ...downgrades, ...making }, outcome };
}

/** What a job is canceled with: by its user, or for want of an approval. */
const CANCELS: ReadonlySet<string> = new Set(['Canceled', 'ApprovalRejected', 'ApprovalExpired']);

function wantedEnd({ state, film }: FinishRequest): TerminalState {
  if (state === 'canceled') return 'canceled';
  return state === 'succeeded' && film ? 'succeeded' : 'failed';
}

function outcomeOf(
  job: LockedJob,
  { state: told, film, failure }: FinishRequest,
  state: TerminalState,
): Outcome {
  if (state === 'succeeded' && film) return { state, film };
  const message = `The run ended as ${told}, without a film or a reason.`;
  const found = failure ?? failureOf('InternalError', { message }, job);
  const canceled = failureOf('Canceled', { message: 'The job was canceled.' }, job);
  const isTold = state !== 'canceled' || CANCELS.has(found.code);
  const report = isTold ? publicReport(found) : canceled;
  return {
    state: state === 'canceled' ? 'canceled' : 'failed',
    report: { ...report, stage: report.stage || job.fold.stage },
    details: cut(found.details, DETAILS_CHARACTERS),
  };
}

function statusEvent({ percent, stage }: JobFold, state: JobState): JobEventData {
  const message = state === 'canceling' ? 'Canceling' : '';
  return { type: 'job-status', state, percent, stage, message };
}

/** With success every step is done; else what ran has failed or was canceled, and the rest never began. */
function stepEnd(percent: number, step: StepFold, outcome: Outcome): JobEventData[] {
  if (step.state !== 'pending' && step.state !== 'running') return [];
  const place = { step: step.name, stage: step.stage, percent };
  const status = (state: StepState, message = ''): JobEventData => {
    return { type: 'step-status', ...place, state, message };
  };
  if (outcome.state === 'succeeded') return [status('succeeded')];
  const { report } = outcome;
  if (outcome.state === 'failed' && report.step === step.name) {
    return [status('failed', report.message), { type: 'step-error', ...place, failure: report }];
  }
  return [status(step.state === 'running' ? 'canceled' : 'skipped')];
}

function terminalEvent(percent: number, outcome: Outcome): JobEventData {
  if (outcome.state !== 'succeeded') {
    return { type: 'job-failed', state: outcome.state, percent, failure: outcome.report };
  }
  const { video, durationMs } = outcome.film;
  const measures = { sizeBytes: video.bytes, durationMs };
  return { type: 'job-completed', state: 'succeeded', percent: 100, ...measures };
}
