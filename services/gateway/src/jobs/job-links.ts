import type { z } from 'zod';
import type { Accepted } from '../videos/generate.js';
import type { AcceptedJob, linksSchema } from './job-schema.js';

/** Where a job is, and what can be done with it. */
export function jobLinks(jobId: string): z.output<typeof linksSchema> {
  const self = `/api/jobs/${jobId}`;
  return {
    self,
    events: `${self}/events`,
    artifacts: `${self}/artifacts`,
    cancel: `${self}/cancel`,
    retry: `${self}/retry`,
    video: `${self}/artifacts/video`,
  };
}

/** Made of what never changes of a run, so that a repeated request is answered in the same words. */
export function acceptedJob(
  { jobId, correlationId, createdAt }: Omit<Accepted, 'replayed'>,
  run = 1,
): AcceptedJob {
  const links = jobLinks(jobId);
  return { jobId, run, state: 'queued', createdAt: createdAt.toISOString(), correlationId, links };
}
