import { requestPause, requestResume, transact, type Database } from '@aura/database';
import { Failure } from '@aura/failure';
import type { JobView } from './job-schema.js';
import { notFound, type Jobs } from './jobs.js';

interface PauseJobsDependencies {
  database: Database;
  jobs: Pick<Jobs, 'get'>;
  /** Has the outbox looked at. */
  wakeOutbox: () => void;
}

/** Holds jobs and lets them go on, durably also while Temporal is away. Both may be repeated. */
export class PauseJobs {
  constructor(private readonly deps: PauseJobsDependencies) {}

  /** Errors: JobNotFound, JobNotPausable. */
  async pause(jobId: string): Promise<JobView> {
    const { database, jobs, wakeOutbox } = this.deps;
    await jobs.get(jobId);
    const request = await transact(database, (tx) => requestPause(tx, jobId));
    if (!request.accepted) throw refusal('JobNotPausable', request.state);
    wakeOutbox();
    return jobs.get(jobId);
  }

  /** Errors: JobNotFound, JobNotPaused. */
  async resume(jobId: string): Promise<JobView> {
    const { database, jobs, wakeOutbox } = this.deps;
    await jobs.get(jobId);
    const request = await transact(database, (tx) => requestResume(tx, jobId));
    if (!request.accepted) throw refusal('JobNotPaused', request.state);
    wakeOutbox();
    return jobs.get(jobId);
  }
}

function refusal(code: 'JobNotPausable' | 'JobNotPaused', state: string | undefined): Failure {
  if (!state) return notFound();
  const words = code === 'JobNotPaused' ? 'is not paused' : 'cannot be paused';
  return new Failure(code, `The job ${words}: its state is ${state}.`);
}
