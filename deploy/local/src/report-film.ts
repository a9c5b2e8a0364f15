import type { Command } from '../setup/command-line.mjs';
import { answered, type FilmStatus } from './api.js';
import type { FilmCollecting } from './collect-films.js';
import { filmCredits } from './film-credits.js';
import { durationText } from './film-lines.js';
import { decodeFilm, filmSeconds, keepFilm, type FilmTools } from './keep-film.js';

export interface FilmMaking extends FilmCollecting {
  command: Command;
  tools: FilmTools;
}

/** Tells what became of a film that has ended, and keeps its file. True when it is there and valid. */
export async function reportFilm(
  making: FilmMaking,
  status: FilmStatus,
  name = 'The film',
): Promise<boolean> {
  const { api, home, tools, terminal, command, signal } = making;
  if (status.status !== 'completed') {
    terminal.say(`${name} was not made, it ${endOf(status)}`);
    return false;
  }
  try {
    const file = await answered(() => keepFilm(api, status.jobId, home), signal);
    const seconds = await filmSeconds(file, tools);
    if (command.once) await decodeFilm(file, tools);
    const credits = await answered(() => filmCredits(api, status.jobId), signal);
    const ready = `${name} is ready (${durationText(seconds)}):`;
    terminal.say([ready, `  ${file}`, ...credits].join('\n'));
    return true;
  } catch (error) {
    signal.throwIfAborted();
    terminal.say((error as Error).message);
    return false;
  }
}

function endOf({ status, error }: FilmStatus): string {
  const end = status === 'canceled' ? 'was canceled' : 'failed';
  return error?.code ? `${end}: ${error.message} ${error.remediation} (${error.code})` : end;
}
