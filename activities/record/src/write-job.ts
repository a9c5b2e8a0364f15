import {
  appendEvents,
  lockJob,
  transact,
  type Database,
  type JobChanges,
  type LockedJob,
  type Transaction,
} from '@aura/database';
import type { JobEventData, JobRef, Recorded } from '@aura/proto';

/** What is to be written of a job, decided while its row is held. */
export interface Entry {
  events: JobEventData[];
  changes?: JobChanges;
  /** Further rows of the same transaction. */
  also?: (tx: Transaction) => Promise<void>;
  /** What follows of it, once it is written. */
  afterwards?: (tx: Transaction, job: LockedJob) => Promise<void>;
}

/**
 * Locks the job, has `decide` compare the wish with what the row says, and writes what is new, all in one
 * transaction. A job that does not exist, or that is in another run by now, is left alone.
 */
export async function writeJob(
  database: Database,
  { videoId, run }: JobRef,
  decide: (job: LockedJob) => Entry | Promise<Entry>,
): Promise<Recorded> {
  return transact(database, async (tx) => {
    const job = await lockJob(tx, videoId);
    if (!job) return { seq: 0, state: '' };
    if (job.run !== run) return { seq: job.fold.seq, state: '' };
    const { events, changes, also, afterwards } = await decide(job);
    await also?.(tx);
    const written = await appendEvents(tx, job, events, changes);
    const { fold } = written;
    await afterwards?.(tx, written);
    return { seq: fold.seq, state: fold.state };
  });
}
