import { answered, filmStatus, followFilm, orderFilm, type FilmStatus } from './api.js';
import { collectFilms } from './collect-films.js';
import { filmLine, filmLines } from './film-lines.js';
import { followOthers } from './other-films.js';
import { reportFilm, type FilmMaking } from './report-film.js';
import type { Terminal } from './terminal.js';

const BUILT_IN_BRIEF =
  'Why the sea is salty. Rain washes tiny amounts of salt out of rocks. Rivers carry it to the sea. ' +
  'The sun lifts the water back into the sky, but the salt stays behind. ' +
  'After millions of years, every litre of sea water holds about thirty-five grams of it.';

/**
 * Carries on with the films of an earlier start and makes the one that was asked for. A plain start
 * that finds unfinished films makes these and no other. True when what was asked for succeeded: the new
 * film, or all earlier ones.
 */
export async function makeFilms(making: FilmMaking): Promise<boolean> {
  const { command, api, jobs, terminal } = making;
  const earlier = await jobs.inWork();
  await collectFilms(making);
  if (earlier.length > 0) terminal.say(`Carrying on with ${countOf(earlier)} of an earlier start.`);

  const isNew = command.brief !== undefined || earlier.length === 0;
  const shown = isNew ? await order(making) : earlier[0]!;
  const others = followOthers(
    making,
    earlier.filter((id) => id !== shown),
  );
  terminal.say(`Making the film ${shown}: ${api.url}/api/videos/${shown}/status`);
  const isMade = await show(making, shown);
  if (!command.once) return isMade;
  if (!isNew) return (await others.areMade()) && isMade;
  for (const jobId of others.unfinished()) {
    terminal.say(`Not finished: film ${jobId} of an earlier start. npm start carries on with it.`);
  }
  return isMade;
}

async function order({ command, api, terminal }: FilmMaking): Promise<string> {
  const request =
    command.brief === undefined ? { durationMinutes: 0.5, ...command.request } : command.request;
  const { jobId, targetSeconds } = await orderFilm(api, command.brief ?? BUILT_IN_BRIEF, request);
  terminal.say(`A film of about ${Math.round(targetSeconds)} s is ordered.`);
  return jobId;
}

/** The film that somebody waits for: with live lines, checked, and with every word on its failure. */
async function show(making: FilmMaking, jobId: string): Promise<boolean> {
  const { api, terminal, signal } = making;
  const onStatus = terminal.isLive ? liveLines(terminal) : plainLines(terminal);
  onStatus(await answered(() => filmStatus(api, jobId), signal));
  const status = await followFilm(api, jobId, { onStatus, signal });
  terminal.settle();
  for (const { message } of status.warnings) terminal.say(`  Note: ${message}`);
  return reportFilm(making, status);
}

function liveLines(terminal: Terminal): (status: FilmStatus) => void {
  return (status) => terminal.live(filmLines(status));
}

const PLAIN_EVERY_MS = 5_000;

/** Not more often than somebody wants to read them in a log: at each new stage, and every few seconds. */
function plainLines(terminal: Terminal): (status: FilmStatus) => void {
  let said = { stage: '', at: 0 };
  return (status) => {
    if (status.currentStage === said.stage && Date.now() - said.at < PLAIN_EVERY_MS) return;
    said = { stage: status.currentStage, at: Date.now() };
    terminal.say(`  ${filmLine(status)}`);
  };
}

function countOf(jobs: string[]): string {
  return jobs.length === 1 ? 'a film' : `${jobs.length} films`;
}
