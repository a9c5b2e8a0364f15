import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '@aura/database';
import type { CallJournal } from '@aura/provider';
import type { ArtifactStore, Ledger } from '@aura/storage';
import type { Log } from '@aura/telemetry';
import { archiveDue } from './archive-due.js';
import { keepHouse } from './keep-house.js';
import { sweepLost } from './sweep-lost.js';

export interface ArchiverDependencies {
  database: Database;
  store: ArtifactStore;
  journal: CallJournal;
  /** Where the journal has one book per video. */
  ledger: Pick<Ledger, 'books' | 'remove'>;
  temporal: Client;
  log: Log;
  pace?: Partial<ArchiverPace>;
}

/** How often things are looked at, and for how long jobs are left in peace, in ms. */
export interface ArchiverPace {
  everyMs: number;
  sweepEveryMs: number;
  /** A job that has said something within this time is not looked into. */
  quietMs: number;
  /** A job whose workflow Temporal does not know is given up after this time. */
  unknownMs: number;
  houseEveryMs: number;
  /** Ended jobs, and files that nobody has used, are deleted after this time; without it they stay. */
  keepJobsMs?: number;
  /** Files of ended jobs are deleted after this time; without it they stay as long as their jobs. */
  keepFilmsMs?: number;
}

const PACE: ArchiverPace = {
  everyMs: 2_000,
  sweepEveryMs: 30_000,
  quietMs: 60_000,
  unknownMs: 10 * 60_000,
  houseEveryMs: 60 * 60_000,
};

/**
 * Runs beside a worker that serves `record`: exports the history of every job that has ended, gives jobs
 * whose workflow was ended from outside their end, and clears away what nobody needs any more. Any number
 * of workers may run it. `stop` resolves when nothing of it is running.
 */
export function startArchiver(dependencies: ArchiverDependencies): { stop(): Promise<void> } {
  const pace = { ...PACE, ...dependencies.pace };
  const stopping = new AbortController();
  const { signal } = stopping;
  const tasks = [
    repeat(pace.everyMs, signal, dependencies.log, () => archiveDue(dependencies, signal)),
    repeat(pace.sweepEveryMs, signal, dependencies.log, sweeping(dependencies, pace, signal)),
    repeat(pace.houseEveryMs, signal, dependencies.log, () => keepHouse(dependencies, pace)),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(tasks);
    },
  };
}

/** Goes on where the last sweep has stopped, so that a bounded sweep comes around to every job. */
function sweeping(dependencies: ArchiverDependencies, pace: ArchiverPace, signal: AbortSignal) {
  let cursor: string | undefined;
  return async () => {
    cursor = await sweepLost(dependencies, { ...pace, after: cursor, signal });
  };
}

async function repeat(
  everyMs: number,
  signal: AbortSignal,
  log: Log,
  task: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await task().catch((error: unknown) => {
      log.warn({ err: error }, 'archiver: tried again later');
    });
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}
