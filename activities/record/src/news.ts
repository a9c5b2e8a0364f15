import type { JobChanges, LockedJob, StepFold } from '@aura/database';
import {
  STAGES,
  STEP_STATES,
  isTerminal,
  type AdvanceRequest,
  type JobEventData,
  type StageName,
  type StepChange,
  type StepState,
} from '@aura/proto';
import { beginning } from './begin.js';
import { cut, MESSAGE_CHARACTERS } from './cut.js';
import { makingChanges } from './making.js';
import { replacementChanges } from './replacements.js';
import { warningEvents } from './warnings.js';
import type { Entry } from './write-job.js';

/** A step's own percentage is written in eighths: six steps, whatever the length of the film. */
const STEP_PARTS = 8;
/** The job's percentage is written at least this often where no step has anything to say. */
const JOB_GRAIN_PERCENT = 3;

/**
 * What a report of progress says that is new. Pure. Percent, stage and steps only go forward, so a late or
 * repeated report adds nothing; a job that is being canceled or has ended takes no more progress.
 */
export function newsOf(job: LockedJob, request: AdvanceRequest): Entry {
  const { fold } = job;
  if (isTerminal(fold.state)) return { events: [] };
  const changes = changesOf(job, request);
  if (fold.state === 'canceling') return { events: [], changes };
  const percent = Math.max(fold.percent, bounded(request.percent, 99));
  const message = cut(request.message, MESSAGE_CHARACTERS);
  const steps = fold.steps.flatMap((step) => {
    const change = request.steps.findLast(({ step: name }) => name === step.name);
    return change
      ? stepEvents(step, { ...change, message: change.message || message }, percent)
      : [];
  });
  const stage = later(fold.stage, request.stage);
  const grown = steps.length === 0 && percent >= fold.percent + JOB_GRAIN_PERCENT;
  const state = fold.state === 'queued' ? 'running' : fold.state;
  const status: JobEventData = { type: 'job-status', state, percent, stage, message };
  const events = [...beginning(fold), ...steps, ...(stage !== fold.stage || grown ? [status] : [])];
  const reached = events.at(-1)?.percent ?? fold.percent;
  return { events: [...events, ...warningEvents(fold, request.warnings, reached)], changes };
}

function stepEvents(step: StepFold, change: StepChange, percent: number): JobEventData[] {
  const place = { step: step.name, stage: step.stage, percent };
  const message = cut(change.message, MESSAGE_CHARACTERS);
  const state = mayGo(step.state, change.state) ? (change.state as StepState) : step.state;
  const events: JobEventData[] = [];
  if (state !== step.state) events.push({ type: 'step-status', ...place, state, message });
  const stepPercent = bounded(change.percent, 99);
  const runs = state === 'running' && change.state === 'running';
  if (runs && part(stepPercent) > part(step.percent)) {
    events.push({ type: 'step-progress', ...place, stepPercent, message });
  }
  return events;
}

/** Steps go from pending to running to one of their ends, and never back. */
function mayGo(from: StepState, to: string): boolean {
  const known = (STEP_STATES as readonly string[]).includes(to) && to !== 'pending';
  if (!known || to === from) return false;
  return from === 'pending' || from === 'running';
}

function part(stepPercent: number): number {
  return Math.floor((stepPercent * STEP_PARTS) / 100);
}

function later(now: StageName, told: string): StageName {
  return position(told) > position(now) ? (told as StageName) : now;
}

function position(stage: string): number {
  return STAGES.findIndex(({ name }) => name === stage);
}

/** The counts of scenes are those of the script that is being made, so they follow it in both directions. */
function changesOf(
  job: LockedJob,
  { scenesDone, scenesTotal, script, replacements, making }: AdvanceRequest,
): JobChanges {
  const total = bounded(scenesTotal, Number.MAX_SAFE_INTEGER);
  const done = Math.min(bounded(scenesDone, Number.MAX_SAFE_INTEGER), total);
  const counted = total > 0 && (total !== job.scenesTotal || done !== job.scenesDone);
  return {
    ...(counted ? { scenesDone: done, scenesTotal: total } : {}),
    ...(script ? { script } : {}),
    ...replacementChanges(job, replacements),
    ...makingChanges(job, making),
  };
}

function bounded(value: number, most: number): number {
  return Number.isFinite(value) ? Math.max(0, Math.min(most, Math.trunc(value))) : 0;
}
