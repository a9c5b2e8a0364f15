import { answered, filmStatus, followFilm, orderFilm, type FilmStatus } from './api.js';
import type { Command } from '../setup/command-line.mjs';
import { collectFilms, type FilmCollecting } from './collect-films.js';
import { durationText, filmLine, filmLines } from './film-lines.js';
import { decodeFilm, filmSeconds, keepFilm, type FilmTools } from './keep-film.js';
import type { Terminal } from './terminal.js';

interface FilmMaking extends FilmCollecting {
  command: Command;
  tools: FilmTools;
}

const BUILT_IN_BRIEF =
  'Why the sea is salty. Rain washes tiny amounts of salt out of rocks. Rivers carry it to the sea. ' +
  'The sun lifts the water back into the sky, but the salt stays behind. ' +
  'After millions of years, every litre of sea water holds about thirty-five grams of it.';

/**
 * Carries on with the films of an earlier start and makes the one that was asked for. A plain start
 * that finds unfinished films makes these and no other. True when the film that is shown succeeded.
 */
export async function makeFilms(making: FilmMaking): Promise<boolean> {
  const { command, api, jobs, terminal } = making;
  const earlier = await jobs.inWork();
  await collectFilms(making);
  if (earlier.length > 0) terminal.say(`Carrying on with ${countOf(earlier)} of an earlier start.`);

  const isAskedFor = command.brief !== undefined || earlier.length === 0;
  const shown = isAskedFor ? await order(making) : earlier[0]!;
  for (const jobId of earlier.filter((id) => id !== shown)) void finish(making, jobId);
  terminal.say(`Making the film ${shown}: ${api.url}/api/videos/${shown}/status`);
  return show(making, shown);
}

function order({ command, api }: FilmMaking): Promise<string> {
  if (command.brief !== undefined) return orderFilm(api, command.brief, command.request);
  const request = { durationMinutes: 0.5, ...command.request };
  return orderFilm(api, BUILT_IN_BRIEF, request);
}

/** The film that somebody waits for: with live lines, checked, and with every word on its failure. */
async function show(making: FilmMaking, jobId: string): Promise<boolean> {
  const { api, terminal, signal } = making;
  const onStatus = terminal.isLive ? liveLines(terminal) : plainLines(terminal);
  onStatus(await answered(() => filmStatus(api, jobId), signal));
  const status = await followFilm(api, jobId, { onStatus, signal });
  terminal.settle();
  for (const { message } of status.warnings) terminal.say(`  Note: ${message}`);
  return report(making, status);
}

/** A film that goes on in the background: only its end is told. */
async function finish(making: FilmMaking, jobId: string): Promise<void> {
  const { api, signal, terminal } = making;
  try {
    await report(making, await followFilm(api, jobId, { signal }));
  } catch (error) {
    if (!signal.aborted) terminal.say(`Film ${jobId}: ${(error as Error).message}`);
  }
}

async function report(making: FilmMaking, status: FilmStatus): Promise<boolean> {
  const { api, home, tools, terminal, command, signal } = making;
  if (status.status !== 'completed') {
    const { code, message, remediation } = status.error ?? {};
    const reason = code ? `: ${message} ${remediation} (${code})` : '';
    terminal.say(
      `The film was not made, it ${status.status === 'canceled' ? 'was canceled' : 'failed'}${reason}`,
    );
    return false;
  }
  try {
    const file = await answered(() => keepFilm(api, status.jobId, home), signal);
    const seconds = await filmSeconds(file, tools);
    if (command.once) await decodeFilm(file, tools);
    terminal.say(`The film is ready (${durationText(seconds)}):\n  ${file}`);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    terminal.say((error as Error).message);
    return false;
  }
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
