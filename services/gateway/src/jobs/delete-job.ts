import { lockJob, transact, type Database, type Transaction } from '@aura/database';
import { Failure } from '@aura/failure';
import { isTerminal, type JobCost } from '@aura/proto';
import type { ArtifactStore, Ledger } from '@aura/storage';
import type { Engine } from '../temporal/engine.js';
import type { Order } from '../videos/order.js';
import type { DeletedJob } from './job-schema.js';
import { notFound } from './jobs.js';
import { requireUnchanged } from './unchanged.js';

interface DeleteDependencies {
  database: Database;
  /** All tenants' rows: the same bytes may be somebody else's too. */
  whole: Database;
  store: ArtifactStore;
  /** Where the journal has one book per video. */
  ledger: Pick<Ledger, 'remove'>;
  engine: Pick<Engine, 'remove'>;
  tenantId: string;
}

/** Deletes jobs that have ended. */
export class DeleteJobs {
  constructor(private readonly deps: DeleteDependencies) {}

  /**
   * Deletes a job with all that belongs to it: its workflows first, for as long as the rows are there another attempt
   * finds what is left; then its rows, which at the same time say which contents nobody wants any more; then those. What
   * its calls have cost stays counted for the day. Errors: JobNotFound, JobNotFinished, JobChanged,
   * TemporalUnavailable.
   */
  async delete(jobId: string, ifMatch?: string): Promise<DeletedJob> {
    const { database, ledger, tenantId } = this.deps;
    const check = (tx: Transaction) => requireUnchanged(tx, this.deps, { jobId, ifMatch });
    const select = { state: true, run: true } as const;
    const job = await database.job.findFirst({ where: { id: jobId, tenantId }, select });
    if (!job) throw notFound();
    refuseInWork(job.state);
    if (ifMatch !== undefined) await transact(database, check);
    const workflows = await this.removeWorkflows(jobId, job.run);
    const { events, artifacts, given, sources, brief } = await transact(database, async (tx) => {
      await check(tx);
      return deleteRows(tx, jobId, job.run);
    });
    await ledger.remove(jobId);
    const files = await this.removeFiles(given, sources, brief);
    return { jobId, events, artifacts, workflows, files };
  }

  private async removeWorkflows(jobId: string, runs: number): Promise<number> {
    try {
      const numbers = Array.from({ length: runs }, (_, index) => index + 1);
      const removed = await Promise.all(numbers.map((run) => this.deps.engine.remove(jobId, run)));
      return removed.filter(Boolean).length;
    } catch (cause) {
      throw new Failure('TemporalUnavailable', 'The workflow of the job cannot be deleted now.', {
        cause,
      });
    }
  }

  /** What others name stays; what work of others may be about to name waits for the house keeping. */
  private async removeFiles(
    given: string[],
    sources: string[],
    brief: string,
  ): Promise<DeletedJob['files']> {
    const { whole, store } = this.deps;
    const all = [...given, ...sources];
    const [wanted, isInWork] = await Promise.all([
      namedByOthers(whole, all),
      isToldInWork(whole, brief),
    ]);
    const free = given.filter((sha256) => !wanted.has(sha256));
    const removed = isInWork ? [] : await store.removeBlobs(free, Date.now());
    const done = { sha256: { in: [...wanted, ...removed] } };
    await whole.unwantedBlob.deleteMany({ where: done });
    const waiting = all.length - wanted.size - removed.length;
    return { removed: removed.length, kept: wanted.size, waiting };
  }
}

function refuseInWork(state: string): void {
  if (isTerminal(state)) return;
  throw new Failure('JobNotFinished', 'The job is still in work.', {
    remediation: 'Wait for its end, or cancel it first.',
  });
}

interface DeletedRows {
  events: number;
  artifacts: number;
  /** The sha256 of what the job gave out, */
  given: string[];
  /** and of what it was made from: copies of the job may be made from it too. */
  sources: string[];
  brief: string;
}

async function deleteRows(tx: Transaction, jobId: string, run: number): Promise<DeletedRows> {
  const locked = await lockJob(tx, jobId);
  if (!locked) throw notFound();
  refuseInWork(locked.run === run ? locked.fold.state : 'queued');
  const select = { order: true, film: true, cost: true, endedAt: true, tenantId: true } as const;
  const job = await tx.job.findUniqueOrThrow({ where: { id: jobId }, select });
  const files = await tx.artifact.findMany({ where: { jobId }, select: { sha256: true } });
  const given = [...new Set([...files.map(({ sha256 }) => sha256), ...sha256sIn(job.film)])];
  const sources = sha256sIn(job.order).filter((sha256) => !given.includes(sha256));
  const unwanted = [...given, ...sources].map((sha256) => ({ sha256 }));
  await tx.unwantedBlob.createMany({ data: unwanted, skipDuplicates: true });
  const cost = job.cost as JobCost | null;
  const usd = (cost?.sureUsd ?? 0) + (cost?.possibleUsd ?? 0);
  if (usd > 0 && job.endedAt) {
    const spent = { jobId, tenantId: job.tenantId, usd, endedAt: job.endedAt };
    await tx.deletedCost.createMany({ data: [spent], skipDuplicates: true });
  }
  await tx.idempotencyKey.deleteMany({ where: { jobId } });
  await tx.storedReply.deleteMany({ where: { jobId } });
  const events = await tx.jobEvent.count({ where: { jobId } });
  await tx.job.delete({ where: { id: jobId }, select: { id: true } });
  const { brief } = job.order as unknown as Order;
  return { events, artifacts: files.length, given, sources, brief: brief.text };
}

/** Equal films come from equal briefs: whether a job is in work, of whomever, that may be making the same. */
async function isToldInWork(database: Database, brief: string): Promise<boolean> {
  const [row] = await database.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM jobs
      WHERE state IN ('queued', 'running', 'awaiting-approval', 'paused', 'canceling')
        AND "order" #>> '{brief,text}' = ${brief}
    ) AS found`;
  return row?.found ?? true;
}

/** Every blob that is referred to anywhere in a value. */
function sha256sIn(value: unknown): string[] {
  const found = JSON.stringify(value ?? null).matchAll(/"sha256":"([0-9a-f]{64})"/g);
  return [...new Set(Array.from(found, ([, sha256 = '']) => sha256))];
}

/** Which of these blobs a file of another job that is not over, or an uploaded file has. */
async function namedByOthers(database: Database, sha256s: string[]): Promise<Set<string>> {
  const [where, select] = [{ sha256: { in: sha256s } }, { sha256: true }] as const;
  const [artifacts, assets] = await Promise.all([
    database.artifact.findMany({ where: { ...where, expiredAt: null }, select }),
    database.asset.findMany({ where: { ...where, deletedAt: null }, select }),
  ]);
  return new Set([...artifacts, ...assets].map(({ sha256 }) => sha256));
}
