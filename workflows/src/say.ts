import { log } from '@temporalio/workflow';
import type { JobRef, LogFields } from '@aura/proto';

/** What is said besides: as a worker's own lines have it. */
interface Said extends Omit<LogFields, 'service' | 'detail'> {
  stage: string;
  code?: string;
  /** What went wrong, in words for people. */
  message?: string;
}

/** A line in the log of the worker that runs this workflow, which is kept with the job. Says nothing while it is replayed. */
export function say(level: 'info' | 'warn', job: JobRef, message: string, said: Said): void {
  const { videoId, correlationId, run } = job;
  log[level](message, { told: { by: 'workflow', videoId, correlationId, run, ...said } });
}
