import type { MakeVideoInput } from '@aura/proto';
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
    logs: `${self}/logs`,
    diagnostics: `${self}/diagnostics`,
    cancel: `${self}/cancel`,
    approval: `${self}/approval`,
    approve: `${self}/approve`,
    reject: `${self}/reject`,
    pause: `${self}/pause`,
    resume: `${self}/resume`,
    retry: `${self}/retry`,
    video: `${self}/artifacts/video`,
  };
}

/** How long the film of a stored order is to be, in milliseconds. */
export function targetOf({ order }: { order: unknown }): number {
  return (order as Pick<MakeVideoInput, 'plan'>).plan.targetDurationMs;
}

/** Made of what never changes of a run, so that a repeated request is answered in the same words. */
export function acceptedJob(
  { jobId, correlationId, createdAt, targetDurationMs }: Omit<Accepted, 'replayed'>,
  run = 1,
): AcceptedJob {
  const links = jobLinks(jobId);
  const targetSeconds = targetDurationMs / 1_000;
  return {
    jobId,
    run,
    state: 'queued',
    createdAt: createdAt.toISOString(),
    correlationId,
    targetSeconds,
    links,
  };
}
