import type { z } from 'zod';
import type { Accepted } from './generate.js';
import type { acceptedSchema } from './status-schema.js';

export type AcceptedAnswer = z.output<typeof acceptedSchema>;

/** Made of what never changes of a job, so that a repeated request is answered in the same words. */
export function acceptedAnswer({
  jobId,
  correlationId,
  createdAt,
  targetDurationMs,
}: Accepted): AcceptedAnswer {
  return {
    jobId,
    status: 'pending',
    correlationId,
    createdAt: createdAt.toISOString(),
    targetSeconds: targetDurationMs / 1_000,
    statusUrl: `/api/videos/${jobId}/status`,
    streamUrl: `/api/videos/${jobId}/stream`,
  };
}
