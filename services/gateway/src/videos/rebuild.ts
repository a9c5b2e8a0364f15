import { transact, type Database } from '@aura/database';
import { Failure } from '@aura/failure';
import { isTerminal } from '@aura/proto';
import { copyJob, jobToCopy } from '../jobs/copy-job.js';
import type { Stored } from '../stored/stored.js';
import type { Accepted } from './generate.js';
import { newJobId } from './job-id.js';

interface RebuildDependencies {
  database: Database;
  stored: Stored;
  tenantId: string;
  /** Has the outbox looked at. */
  wakeOutbox: () => void;
}

/** Makes the films of ended jobs again. */
export class Rebuild {
  constructor(private readonly deps: RebuildDependencies) {}

  /**
   * A new job with the order of an ended one. What of its work is still kept is found by its keys, so that only what is
   * gone is done again. Errors: JobNotFound, JobNotFinished, FilmQuotaExceeded.
   */
  async accept(jobId: string, correlationId: string): Promise<Accepted> {
    const { database, stored, tenantId, wakeOutbox } = this.deps;
    await stored.checkRoom();
    const videoId = newJobId(Date.now());
    const accepted = await transact(database, async (tx) => {
      const old = await jobToCopy(tx, jobId, tenantId);
      if (!isTerminal(old.state)) {
        throw new Failure('JobNotFinished', 'The job is still in work.', {
          remediation: 'Wait for its end, or cancel it.',
        });
      }
      return copyJob(tx, old, { videoId, run: 1, tenantId, correlationId });
    });
    wakeOutbox();
    return accepted;
  }
}
