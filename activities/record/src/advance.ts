import type { AdvanceRequest, Recorded } from '@aura/proto';
import type { RecordDependencies } from './create-record-activities.js';
import { newsOf } from './news.js';
import { writeJob } from './write-job.js';

/** Writes what a report of progress says that the job does not say already. */
export function advance(
  { database }: RecordDependencies,
  request: AdvanceRequest,
): Promise<Recorded> {
  return writeJob(database, request.job, (job) => newsOf(job, request));
}
