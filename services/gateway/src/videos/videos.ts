import { requestCancel, transact, type Database, type Transaction } from '@aura/database';
import { Failure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';
import { storedOf } from '../download/artifact-view.js';
import type { VideoMetadata } from './metadata-schema.js';
import { METADATA_COLUMNS, videoMetadata } from './metadata.js';
import type { JobStatus } from './status-schema.js';
import { jobStatus, STATUS_COLUMNS } from './status.js';

interface VideosDependencies {
  database: Database;
  store: ArtifactStore;
  tenantId: string;
  /** Has the outbox looked at. */
  wakeOutbox: () => void;
}

const REFUSALS = {
  JobNotFound: 'There is no job with this id.',
  JobAlreadyCanceled: 'The job is being canceled, or was canceled before.',
  JobAlreadyFinished: 'The job had ended before the cancel arrived.',
};

interface Around {
  before?: (tx: Transaction) => Promise<void>;
  after?: (tx: Transaction) => Promise<void>;
}

/** What can be asked, and wanted, of a job that exists. Other tenants' jobs do not. */
export class Videos {
  constructor(private readonly deps: VideosDependencies) {}

  /** Errors: JobNotFound. */
  async status(jobId: string): Promise<JobStatus> {
    const { database } = this.deps;
    const row = found(
      await database.job.findFirst({ where: this.mine(jobId), select: STATUS_COLUMNS }),
    );
    return jobStatus(row, new Date());
  }

  /** Errors: JobNotFound. */
  async metadata(jobId: string): Promise<VideoMetadata> {
    const { database, store } = this.deps;
    const row = found(
      await database.job.findFirst({ where: this.mine(jobId), select: METADATA_COLUMNS }),
    );
    return videoMetadata(row, await storedOf(store, row.artifacts));
  }

  /** Accepts the wish to cancel; its outcome is an event. Errors: JobNotFound, JobAlreadyCanceled, JobAlreadyFinished, and what is thrown before or after it in the same transaction. */
  async cancel(jobId: string, { before, after }: Around = {}): Promise<JobStatus> {
    const { database, wakeOutbox } = this.deps;
    found(await database.job.findFirst({ where: this.mine(jobId), select: { id: true } }));
    // The answer is read where the cancel is written: once that is accepted, nothing is left to fail.
    const { request, row } = await transact(database, async (tx) => {
      await before?.(tx);
      const asked = await requestCancel(tx, jobId);
      await after?.(tx);
      const row = await tx.job.findUnique({ where: { id: jobId }, select: STATUS_COLUMNS });
      return { request: asked, row };
    });
    if (!request.accepted) throw new Failure(request.reason, REFUSALS[request.reason]);
    wakeOutbox();
    return jobStatus(found(row), new Date());
  }

  private mine(id: string): { id: string; tenantId: string } {
    return { id, tenantId: this.deps.tenantId };
  }
}

function found<T>(row: T | null): T {
  if (row === null) throw new Failure('JobNotFound', REFUSALS.JobNotFound);
  return row;
}
