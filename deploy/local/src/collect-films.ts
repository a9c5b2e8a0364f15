import { answered, Refusal, type Api } from './api.js';
import { keepFilm, notKept } from './keep-film.js';
import type { Terminal } from './terminal.js';

export interface FilmCollecting {
  api: Api;
  jobs: KnownJobs;
  /** AURA_HOME. */
  home: string;
  terminal: Terminal;
  signal: AbortSignal;
}

/** Ids of the jobs that are there when we begin. */
export interface KnownJobs {
  /** Those that have not ended, whoever began them; the newest first. */
  inWork(): Promise<string[]>;
  /** Those that this command line began and that have become films; the oldest first. */
  made(): Promise<string[]>;
}

/**
 * Puts the films of this command line that were finished while it did not look (it was killed or
 * stopped right then) into `<home>/films`, with a line for each. May be called again and again.
 */
export async function collectFilms(collecting: FilmCollecting): Promise<void> {
  const { jobs, home, signal } = collecting;
  for (const jobId of await notKept(await jobs.made(), home)) {
    await collect(collecting, jobId).catch((error: Error) => {
      signal.throwIfAborted();
      if (error instanceof Refusal) return; // its files have been cleaned up: there is nothing to keep
      collecting.terminal.say(`Film ${jobId}: ${error.message}`);
    });
  }
}

async function collect(collecting: FilmCollecting, jobId: string): Promise<void> {
  const { api, home, terminal, signal } = collecting;
  const file = await answered(() => keepFilm(api, jobId, home), signal);
  terminal.say(`A film of an earlier start is ready: ${file}`);
}
