import {
  EVENTS_CHANNEL,
  type ApprovalRequest,
  type Film,
  type JobCost,
  type JobEventData,
  type Making,
  type Replacement,
  type Script,
} from '@aura/proto';
import type { Transaction } from './create-database.js';
import { Prisma } from './generated/client.js';
import { applyEvent, type JobFold, type LoggedEvent } from './fold-events.js';
import type { LockedJob } from './lock-job.js';
import { safeText } from './safe-text.js';
import { searchWords } from './search-words.js';

/** What is kept with the job and is not told by its events. */
export interface JobChanges {
  /** The next one, which the events begin. */
  run?: number;
  scenesDone?: number;
  scenesTotal?: number;
  script?: Script;
  /** The whole list. */
  replacements?: Replacement[];
  /** All of it. */
  making?: Making;
  film?: Film;
  failureDetails?: string;
  cost?: JobCost;
  /** How many runs in a row have begun by themselves, the newest included. */
  autoRuns?: number;
  /** When the newest run is begun, where it follows by itself. */
  retryAt?: Date | null;
  /** Of an earlier run; the next one reserves its own. */
  allowanceUsd?: null;
  /** Of an earlier run; what the next one takes is foretold anew. */
  expected?: null;
  /** What its user is asked. */
  approval?: ApprovalRequest;
}

/**
 * The one place where events are appended. In the caller's transaction, under the lock of `lockJob`: takes
 * the next numbers from the row, inserts the events, makes row and steps their fold, and notifies the
 * channel (which PostgreSQL delivers after the commit, if there is one). Gives the job as it is now.
 * Throws where an event cannot follow; with neither events nor changes it does nothing.
 */
export async function appendEvents(
  tx: Transaction,
  job: LockedJob,
  events: readonly JobEventData[],
  changes: JobChanges = {},
): Promise<LockedJob> {
  if (events.length === 0 && Object.keys(changes).length === 0) return job;
  const logged = safeText(events).map((data, index): LoggedEvent => {
    return { seq: job.fold.seq + 1 + index, at: job.now, data };
  });
  const fold = logged.reduce(applyEvent, job.fold);
  await tx.job.update({
    where: { id: job.id },
    data: { ...jobColumns(fold), ...changeColumns(safeText(changes)) },
    select: { id: true },
  });
  await updateSteps(tx, job, fold);
  const { run = job.run } = changes;
  if (logged.length > 0) {
    const data = logged.map((event) => eventRow({ ...job, run }, event));
    await tx.jobEvent.createMany({ data });
    await tx.$executeRaw`SELECT pg_notify(${EVENTS_CHANNEL}, ${job.id})`;
  }
  const { scenesDone, scenesTotal, replacements, making } = { ...job, ...changes };
  return { ...job, run, scenesDone, scenesTotal, replacements, making, fold };
}

async function updateSteps(tx: Transaction, job: LockedJob, fold: JobFold): Promise<void> {
  for (const [index, step] of fold.steps.entries()) {
    if (step === job.fold.steps[index]) continue;
    const { name, stage: _, ...columns } = step;
    await tx.step.update({
      where: { jobId_name: { jobId: job.id, name } },
      data: { ...columns, error: json(columns.error) },
      select: { name: true },
    });
  }
}

function jobColumns(fold: JobFold) {
  const { steps: _, error, warnings, queuedAt, updatedAt, ...columns } = fold;
  return {
    ...columns,
    error: json(error),
    warnings: json(warnings),
    ...(queuedAt ? { queuedAt } : {}),
    ...(updatedAt ? { updatedAt } : {}),
  };
}

function changeColumns({
  script,
  film,
  replacements,
  making,
  cost,
  approval,
  expected,
  ...columns
}: JobChanges) {
  return {
    ...columns,
    ...(expected === null ? { expected: Prisma.DbNull } : {}),
    ...(approval ? { approval: json(approval) } : {}),
    ...(cost ? { cost: json(cost) } : {}),
    ...(replacements ? { replacements: json(replacements) } : {}),
    ...(making ? { making: json(making) } : {}),
    ...(script ? { script: json(script), titleWords: searchWords(script.title) } : {}),
    ...(film ? { film: json(film) } : {}),
  };
}

function eventRow(job: LockedJob, { seq, at, data }: LoggedEvent) {
  return { jobId: job.id, run: job.run, seq, at, type: data.type, data: json(data) };
}

/** A message of the contracts as a jsonb column takes it; null as the column's own null. */
function json(value: object): Prisma.InputJsonValue;
function json(value: object | null): Prisma.InputJsonValue | typeof Prisma.DbNull;
function json(value: object | null) {
  return value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue);
}
