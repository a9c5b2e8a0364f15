import type { BeginRequest, JobEventData, Recorded } from '@aura/proto';
import type { LockedJob } from '@aura/database';
import type { RecordDependencies } from './create-record-activities.js';
import { writeJob } from './write-job.js';

/** Moves a queued job to running. One that runs, is being canceled or has ended stays as it is. */
export function begin({ database }: RecordDependencies, { job }: BeginRequest): Promise<Recorded> {
  return writeJob(database, job, ({ fold }) => ({ events: beginning(fold) }));
}

/** The event that a job needs before anything can be said of its work. */
export function beginning({ state, percent, stage }: LockedJob['fold']): JobEventData[] {
  if (state !== 'queued') return [];
  return [{ type: 'job-status', state: 'running', percent, stage, message: 'Checking' }];
}
