import { requestRetry, transact, type Database } from '@aura/database';
import { Failure } from '@aura/failure';
import { isTerminal, type JobState } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { storedOf } from '../download/artifact-view.js';
import type { Stored } from '../stored/stored.js';
import type { Videos } from '../videos/videos.js';
import { acceptedJob, targetOf } from './job-links.js';
import { artifactViews, JOB_COLUMNS } from './job-view.js';
import type { AcceptedJob, JobArtifacts, JobsPage, JobView } from './job-schema.js';
import { listJobs } from './list-jobs.js';
import type { ListQuery } from './list-query.js';
import { readJob, requireUnchanged } from './unchanged.js';

interface JobsDependencies {
  database: Database;
  /** All tenants' rows. */
  whole: Database;
  store: ArtifactStore;
  stored: Pick<Stored, 'checkRoom'>;
  videos: Pick<Videos, 'cancel'>;
  tenantId: string;
  /** Has the outbox looked at. */
  wakeOutbox: () => void;
}

/** What can be asked, and wanted, of jobs that exist. Other tenants' jobs do not. */
export class Jobs {
  constructor(private readonly deps: JobsDependencies) {}

  list(query: ListQuery): Promise<JobsPage> {
    return listJobs(this.deps, this.deps.tenantId, query);
  }

  /** Errors: JobNotFound. */
  async get(jobId: string): Promise<JobView> {
    const view = await readJob(this.deps, jobId);
    if (!view) throw notFound();
    return view;
  }

  /** Errors: JobNotFound. */
  async artifacts(jobId: string): Promise<JobArtifacts> {
    const { id, artifacts } = JOB_COLUMNS;
    const where = { id: jobId, tenantId: this.deps.tenantId };
    const row = await this.deps.database.job.findFirst({ where, select: { id, artifacts } });
    if (!row) throw notFound();
    return { jobId, artifacts: artifactViews(row, await storedOf(this.deps.store, row.artifacts)) };
  }

  /** Errors: JobNotFound, JobAlreadyCanceled, JobAlreadyFinished, JobChanged. */
  async cancel(jobId: string, ifMatch?: string): Promise<JobView> {
    let view: JobView | undefined;
    await this.deps.videos.cancel(jobId, {
      before: (tx) => requireUnchanged(tx, this.deps, { jobId, ifMatch }),
      // Once the cancel is accepted, nothing is left to fail.
      after: async (tx) => {
        view = await readJob({ ...this.deps, database: tx }, jobId);
      },
    });
    if (!view) throw notFound();
    return view;
  }

  /** Queues the next run of a job that has failed or was canceled. Errors: JobNotFound, JobNotRetryable, JobChanged, FilmQuotaExceeded. */
  async retry(jobId: string, ifMatch?: string): Promise<AcceptedJob> {
    const { database, stored, tenantId, wakeOutbox } = this.deps;
    const select = { correlationId: true, createdAt: true, order: true } as const;
    const job = await database.job.findFirst({ where: { id: jobId, tenantId }, select });
    if (!job) throw notFound();
    await stored.checkRoom();
    const request = await transact(database, async (tx) => {
      await requireUnchanged(tx, this.deps, { jobId, ifMatch });
      return requestRetry(tx, jobId);
    });
    if (!request.accepted) throw request.state ? notRetryable(request.state) : notFound();
    wakeOutbox();
    const targetDurationMs = targetOf(job);
    return acceptedJob({ jobId, ...job, targetDurationMs }, request.run);
  }
}

export function notFound(): Failure {
  return new Failure('JobNotFound', 'There is no job with this id.');
}

function notRetryable(state: JobState): Failure {
  if (isTerminal(state)) {
    return new Failure('JobNotRetryable', 'The job has succeeded.', {
      remediation: 'Send POST /api/jobs with fromJob for another film of the same inputs.',
    });
  }
  const message = `The job is in work (${state}).`;
  return new Failure('JobNotRetryable', message, {
    remediation: 'Wait for its end, or cancel it first.',
  });
}
