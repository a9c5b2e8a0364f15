import type { EditedFilm, Film, MakeVideoInput, Making, Replacement, Script } from '@aura/proto';
import type { Transaction } from './create-database.js';
import type { Prisma } from './generated/client.js';
import type { Expected } from './rates.js';
import { beginRun } from './request-retry.js';
import { lockJob } from './lock-job.js';
import { safeText } from './safe-text.js';

/** What a film was made from, and by whom. */
export interface MadeFilm {
  order: Omit<MakeVideoInput, 'job'>;
  script: Script;
  making: Making | null;
  replacements: Replacement[];
  /** What it has come to. */
  film?: Film | null;
}

export interface EditRequest {
  jobId: string;
  /** The run that was looked at: where there is another one by now, or this one has gone on, nothing is begun. */
  run: number;
  state: string;
  order: Omit<MakeVideoInput, 'job'> & { edited: EditedFilm };
  /** What the run is expected to take. */
  expected: Expected;
  /** What was asked for, as it is shown. */
  operations: readonly object[];
  /** What the film of the run was made from, where it has succeeded. */
  made: MadeFilm | undefined;
}

/**
 * Begins the next run of a job that has ended, with another order. Its film stays until there is a new one. Gives the
 * number of the run; undefined where the job is not as it was looked at.
 */
export async function requestEdit(
  tx: Transaction,
  { jobId, run, state, ...edit }: EditRequest,
): Promise<number | undefined> {
  const job = await lockJob(tx, jobId);
  if (job?.run !== run || job.fold.state !== state) return undefined;
  const { order, operations, made, expected } = safeText(edit);
  if (made) {
    const film = { made: json(made) };
    const where = { jobId_run: { jobId, run } };
    await tx.jobRun.upsert({ where, create: { jobId, run, ...film }, update: film });
  }
  const next = await beginRun(tx, job);
  const data = { order: json(order), expected: json(expected) };
  await tx.job.update({ where: { id: jobId }, data, select: { id: true } });
  await tx.jobRun.create({ data: { jobId, run: next, edit: json(operations) } });
  return next;
}

function json(value: object): Prisma.InputJsonValue {
  return value;
}
