import type { Prisma } from '@aura/database';
import type { JobEventData } from '@aura/proto';
import type { JobView } from './job-schema.js';

type Run = JobView['runs'][number];

/** The events that tell of runs. */
export const RUN_EVENTS = {
  where: { type: { in: ['job-status', 'job-completed', 'job-failed'] } },
  select: { run: true, at: true, data: true },
  orderBy: { seq: 'asc' },
} as const satisfies Prisma.Job$eventsArgs;

/** What became of each run of a job, from its events in their order. Pure. */
export function runsOf(events: readonly { run: number; at: Date; data: unknown }[]): Run[] {
  const runs = new Map<number, Run>();
  for (const { run, at, data } of events) {
    const event = data as JobEventData;
    if (!('state' in event) || event.type === 'step-status') continue;
    const time = at.toISOString();
    const before = runs.get(run) ?? newRun(run, time);
    runs.set(run, {
      ...before,
      state: event.state,
      startedAt: before.startedAt ?? (event.state === 'running' ? time : null),
      endedAt: event.type === 'job-status' ? null : time,
      errorCode: event.type === 'job-failed' ? event.failure.code : null,
    });
  }
  return [...runs.values()];
}

function newRun(run: number, queuedAt: string): Run {
  return { run, state: 'queued', queuedAt, startedAt: null, endedAt: null, errorCode: null };
}
