import {
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  patched,
  sleep,
} from '@temporalio/workflow';
import type { EditedFilm, FailureReport, Film, MakeVideoInput, Script } from '@aura/proto';
import { clearing, record } from './activities.js';
import { approveScript, approveStoryboard, approveVoice } from './approvals.js';
import { assembleFilm } from './assemble.js';
import { Chronicle } from './chronicle.js';
import { narrateCut, scriptOfCut, type OwnCut } from './cut.js';
import { searchDocuments } from './documents.js';
import { hearDecisions, orRejection, Rejection } from './decisions.js';
import { isOurBug, reportOf, UnitFailure } from './failures.js';
import { isOffTarget, lengthWarnings, paceAsSpoken } from './fit.js';
import { makeOutputs } from './outputs.js';
import { hearPause } from './pause.js';
import * as stage from './production.js';
import { filmOf, type Shooting } from './film-order.js';
import { shoot } from './shoot.js';
import { creditsOf, lengthMsOf } from './shots.js';

/** One video, from the brief to the film. */
export async function makeVideo(order: MakeVideoInput): Promise<Film> {
  const chronicle = new Chronicle(order.job);
  hearPause((isPaused) => {
    if (isPaused) chronicle.is('paused', 'paused by the user');
    else chronicle.is('running');
  });
  hearDecisions(order, chronicle);
  try {
    await record.begin({ job: order.job });
    const film = await produce(await stage.preflight(order, chronicle));
    await succeed(order, chronicle, film);
    await CancellationScope.nonCancellable(() => clearUp(order));
    return film;
  } catch (error) {
    // Nothing more may stand in the history: it is what a repaired worker must go on from.
    if (isOurBug(error)) throw error;
    const end = await CancellationScope.nonCancellable(async () => {
      const ending = await fail(order, chronicle, orRejection(error));
      await clearUp(order);
      return ending;
    });
    throw end ?? (await untilCanceled());
  }
}

/** As the brief has it, as the user has cut it, or as the user has edited it. */
function produce(production: stage.Production): Promise<Film> {
  const { cut, edited } = production.order;
  if (edited) return filmOfEdit(production, edited);
  return cut ? ownFilm(production) : filmOfBrief(production);
}

/** Script, then every scene in lanes, then the film. A script that misses its length is written once more. */
async function filmOfBrief(production: stage.Production): Promise<Film> {
  const { order, chronicle } = production;
  if (order.approved?.script) return filmOfApproved(production, order.approved.script);
  await searchDocuments(production);
  chronicle.note({ preflight: true }, 'writing the script');
  const pace = await stage.measurePace(production);
  let script = await approveScript(production, await stage.writeScript(production, pace));
  await approveVoice(production, script);
  await approveStoryboard(production, script);
  let shooting = await shoot(production, script);
  const lengthMs = () => lengthMsOf(shooting.shots, order.render);
  const targetMs = order.plan.targetDurationMs;
  if (!order.script && !isApproved(order) && isOffTarget(lengthMs(), targetMs, script)) {
    chronicle.note({}, 'as it was spoken it misses its length: the script is written once more');
    const spoken = shooting.shots.map(({ narration }) => narration);
    script = await stage.writeScript(production, paceAsSpoken(pace, script, spoken));
    shooting = await shoot(production, script);
  }
  if (!order.script) {
    chronicle.warn(...lengthWarnings(lengthMs(), targetMs, script, isSlightTold));
  }
  return finishFilm(production, { script, shooting, own: undefined });
}

/** Its script was approved in an earlier run. */
async function filmOfApproved(production: stage.Production, script: Script): Promise<Film> {
  const { order, chronicle } = production;
  chronicle.note({ preflight: true }, 'reading the approved script');
  await approveVoice(production, script);
  await approveStoryboard(production, script);
  const shooting = await shoot(production, script);
  if (!order.script) {
    const lengthMs = lengthMsOf(shooting.shots, order.render);
    chronicle.warn(...lengthWarnings(lengthMs, order.plan.targetDurationMs, script, () => true));
  }
  return finishFilm(production, { script, shooting, own: undefined });
}

/** What a user has approved nobody writes anew. */
function isApproved({ approvals = [] }: MakeVideoInput): boolean {
  return approvals.some(({ at }) => at !== 'budget');
}

/** Histories from before small misses were told have no warning of them. */
function isSlightTold(): boolean {
  return patched('slight-misses-are-told');
}

/** The script is there, and is neither written nor fitted to a length. */
async function filmOfEdit(production: stage.Production, { script }: EditedFilm): Promise<Film> {
  production.chronicle.note({ preflight: true }, 'reading the edited script');
  const shooting = await shoot(production, script);
  return finishFilm(production, { script, shooting, own: undefined });
}

/** Its words first, then its pictures, then the film. */
async function ownFilm(production: stage.Production): Promise<Film> {
  const { order, chronicle } = production;
  const [cut, timeline] = [order.cut!, order.timeline!];
  const script = scriptOfCut(cut, order);
  chronicle.note({ preflight: true }, 'reading the timeline');
  chronicle.begins(script);
  const own = { cut, timeline, narrations: await narrateCut(production, cut) };
  return finishFilm(production, { script, shooting: await shoot(production, script, own), own });
}

interface Shown {
  script: Script;
  shooting: Shooting;
  own: OwnCut | undefined;
}

/** What was shot as a film, and in its further shapes. */
async function finishFilm(production: stage.Production, shown: Shown): Promise<Film> {
  const { order, chronicle } = production;
  const { shots } = shown.shooting;
  chronicle.note({}, 'joining and checking the film');
  const assembled = await assembleFilm(production, filmOf(order), shown);
  const film = { ...assembled, credits: creditsOf(shots) };
  chronicle.warn(...film.warnings);
  if (order.outputs?.length) {
    const { script, own } = shown;
    const outputs = await makeOutputs(production, script, { shots, own });
    film.files = { files: [...(assembled.files?.files ?? []), ...outputs] };
  }
  chronicle.note({ assembled: true }, 'done');
  return film;
}

/**
 * The record decides between a success and a cancel that arrive together, and the workflow ends as the record
 * says. Histories of before it said so have nothing in the place of its answer: what was asked has come to be.
 */
async function succeed(order: MakeVideoInput, chronicle: Chronicle, film: Film): Promise<void> {
  const { job } = order;
  const { state } = await CancellationScope.nonCancellable(async () => {
    await chronicle.settled();
    const { warnings } = chronicle;
    const told = { warnings, replacements: chronicle.downgrades(), ...madeIn(chronicle) };
    return record.finish({ job, state: 'succeeded', film, ...told });
  });
  if (state === 'canceled') throw await untilCanceled();
  if (state === 'failed') throw new UnitFailure(recordedFailure(order), undefined);
  chronicle.end('succeeded');
}

/** Who has made what of the film, and what of it is new. */
function madeIn({ makers, units }: Chronicle) {
  return { ...makers.all(), ...units.all() };
}

/** Writes how the run ended and gives the error that the workflow ends with; none where a cancel was recorded first. */
async function fail(order: MakeVideoInput, chronicle: Chronicle, error: unknown): Promise<unknown> {
  await chronicle.settled();
  // Of a cancel the record knows what there is to say.
  const failure = isCancellation(error) ? undefined : failureOf(order, error);
  const wanted = failure && !(error instanceof Rejection) ? 'failed' : 'canceled';
  const { warnings } = chronicle;
  const ending = { warnings, replacements: chronicle.downgrades(), ...madeIn(chronicle) };
  const told = { ...(failure ? { failure } : {}), ...ending };
  const { state } = await record.finish({ job: order.job, state: wanted, ...told });
  if (!failure || state === 'canceled') {
    chronicle.end('canceled');
    return failure ? undefined : error;
  }
  chronicle.end('failed', failure.code);
  return ApplicationFailure.create({
    message: failure.message,
    type: failure.code,
    nonRetryable: true,
    details: [failure],
    ...(error instanceof Error ? { cause: error } : {}),
  });
}

/** A cancel is recorded before Temporal is told, by the gateway's outbox: it is under way. */
const CANCEL_ARRIVES_MS = 10 * 60_000;

/**
 * Waits for a cancel that the record knows already: only a workflow that Temporal has asked to cancel can
 * close as canceled. Throws it when it arrives.
 */
async function untilCanceled(): Promise<ApplicationFailure> {
  await sleep(CANCEL_ARRIVES_MS);
  return ApplicationFailure.nonRetryable('The cancel of the job has not arrived.', 'Canceled');
}

function failureOf({ job }: MakeVideoInput, error: unknown): FailureReport {
  if (error instanceof UnitFailure) return error.report;
  return reportOf(error, { unit: 'preflight', sceneId: '', correlationId: job.correlationId });
}

function recordedFailure({ job }: MakeVideoInput): FailureReport {
  const place = { unit: 'assembleFilm', sceneId: '', ...job } as const;
  return {
    ...reportOf(undefined, place),
    message: 'The record has the job as failed; its status says why.',
  };
}

/** Best effort: what a machine that is gone has left behind is swept at a later start of its worker, hours from then. */
async function clearUp(order: MakeVideoInput): Promise<void> {
  try {
    await clearing.releaseScratch({ job: order.job });
  } catch {
    // The job has its outcome; a folder left behind is no reason to change it.
  }
}
