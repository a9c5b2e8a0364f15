import { followFilm } from './api.js';
import { reportFilm, type FilmMaking } from './report-film.js';

export interface OtherFilms {
  /** Those that have not ended yet. */
  unfinished(): string[];
  /** Waits for all; true when each became a film. Rejects with the signal's reason. */
  areMade(): Promise<boolean>;
}

/** Follows films of an earlier start beside the one that is shown: only the end of each is told. */
export function followOthers(making: FilmMaking, jobIds: readonly string[]): OtherFilms {
  const { api, signal, terminal } = making;
  const open = new Set(jobIds);
  const finish = async (jobId: string): Promise<boolean> => {
    const name = `Film ${jobId} of an earlier start`;
    try {
      return await reportFilm(making, await followFilm(api, jobId, { signal }), name);
    } catch (error) {
      if (!signal.aborted) terminal.say(`${name}: ${(error as Error).message}`);
      return false;
    } finally {
      open.delete(jobId);
    }
  };
  const ends = jobIds.map(finish);
  return {
    unfinished: () => [...open],
    areMade: async () => {
      const made = await Promise.all(ends);
      signal.throwIfAborted();
      return made.every(Boolean);
    },
  };
}
