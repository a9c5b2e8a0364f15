import type { Prisma } from '@aura/database';
import type { JobEventData, UnitsOfRun } from '@aura/proto';
import type { JobView } from './job-schema.js';

type Run = JobView['runs'][number];
type ToldRun = Omit<Run, 'edit' | 'units'>;

/** The events that tell of runs. */
export const RUN_EVENTS = {
  where: { type: { in: ['job-status', 'job-completed', 'job-failed'] } },
  select: { run: true, at: true, data: true },
  orderBy: { seq: 'asc' },
} as const satisfies Prisma.Job$eventsArgs;

/** What became of each run of a job, from its events in their order. Pure. */
export function runsOf(
  events: readonly { run: number; at: Date; data: unknown }[],
  kept: readonly KeptRun[],
): Run[] {
  const runs = new Map<number, ToldRun>();
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
  return [...runs.values()].map((run) => {
    const { edit, units } = kept.find((one) => one.run === run.run) ?? {};
    return { ...run, edit: (edit ?? null) as Run['edit'], units: unitsOf(units) };
  });
}

interface KeptRun {
  run: number;
  edit: unknown;
  units: unknown;
}

function unitsOf(units: unknown): Run['units'] {
  if (!units) return null;
  return (units as UnitsOfRun).kinds.map(({ unit, label, made, found }) => {
    return { unit, output: label || null, made: made.length, found, scenes: made.filter(Boolean) };
  });
}

function newRun(run: number, queuedAt: string): ToldRun {
  return { run, state: 'queued', queuedAt, startedAt: null, endedAt: null, errorCode: null };
}
