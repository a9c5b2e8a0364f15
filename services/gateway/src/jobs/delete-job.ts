import {
  lockJob,
  lookForWork,
  maybeWanted,
  noteUnwanted,
  transact,
  whileNoneBegins,
  type Database,
  type Transaction,
  type MadeFilm,
} from '@aura/database';
import { Failure } from '@aura/failure';
import { isTerminal, type JobCost } from '@aura/proto';
import type { ArtifactStore, Ledger } from '@aura/storage';
import type { Log } from '@aura/telemetry';
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
  log: Log;
  tenantId: string;
}

/** Deletes jobs that have ended. */
export class DeleteJobs {
  constructor(private readonly deps: DeleteDependencies) {}

  /**
   * Deletes a job with all that belongs to it: its workflows first, for as long as the rows are there another attempt
   * finds what is left; then its rows, which at the same time say which contents nobody wants any more; then those. What
   * its calls have cost stays counted for the day. Once the rows are gone the job is deleted, whatever else cannot be
   * removed now: the house keeping does that later. Errors: JobNotFound, JobNotFinished, JobChanged,
   * TemporalUnavailable.
   */
  async delete(jobId: string, ifMatch?: string): Promise<DeletedJob> {
    const { database, ledger, log, tenantId } = this.deps;
    const check = (tx: Transaction) => requireUnchanged(tx, this.deps, { jobId, ifMatch });
    const select = { state: true, run: true } as const;
    const job = await database.job.findFirst({ where: { id: jobId, tenantId }, select });
    if (!job) throw notFound();
    refuseInWork(job.state);
    if (ifMatch !== undefined) await transact(database, check);
    const workflows = await this.removeWorkflows(jobId, job.run);
    const { events, artifacts, given, sources } = await transact(database, async (tx) => {
      await check(tx);
      return deleteRows(tx, jobId, job.run);
    });
    await ledger.remove(jobId).catch((err: unknown) => {
      log.warn({ err, jobId }, 'the journal of a deleted job could not be removed');
    });
    const files = await this.removeFiles(jobId, [...given, ...sources], new Set(sources));
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

  /** What others name stays; what work of others may be about to name waits for the house keeping, as what fails does. */
  private async removeFiles(
    jobId: string,
    all: string[],
    sources: ReadonlySet<string>,
  ): Promise<DeletedJob['files']> {
    const counts = { removed: 0, kept: 0, waiting: 0 };
    try {
      for (let from = 0; from < all.length; from += AT_ONCE) {
        const { removed, kept } = await this.removeSome(all.slice(from, from + AT_ONCE), sources);
        counts.removed += removed;
        counts.kept += kept;
      }
    } catch (err) {
      this.deps.log.warn({ err, jobId }, 'files of a deleted job could not be removed yet');
    }
    return { ...counts, waiting: all.length - counts.removed - counts.kept };
  }

  private async removeSome(
    some: string[],
    sources: ReadonlySet<string>,
  ): Promise<{ removed: number; kept: number }> {
    const { whole, store } = this.deps;
    const look = await lookForWork(whole, some);
    return whileNoneBegins(whole, async (tx, { sinceMs, signal }) => {
      const wanted = await namedByOthers(tx, some);
      const spared = new Set([...wanted, ...sources, ...(await maybeWanted(tx, look))]);
      const free = some.filter((sha256) => !spared.has(sha256));
      const removed = await store.removeBlobs(free, sinceMs, signal);
      await tx.unwantedBlob.deleteMany({ where: { sha256: { in: [...wanted, ...removed] } } });
      return { removed: removed.length, kept: wanted.size };
    });
  }
}

/** Nobody begins a job while these are removed. */
const AT_ONCE = 20;

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
}

const DELETED = { order: true, film: true, cost: true, endedAt: true, tenantId: true } as const;

async function deleteRows(tx: Transaction, jobId: string, run: number): Promise<DeletedRows> {
  const locked = await lockJob(tx, jobId);
  if (!locked) throw notFound();
  refuseInWork(locked.run === run ? locked.fold.state : 'queued');
  const select = { ...DELETED, runs: { select: { made: true } } } as const;
  const job = await tx.job.findUniqueOrThrow({ where: { id: jobId }, select });
  const files = await tx.artifact.findMany({ where: { jobId }, select: { sha256: true } });
  // Films that an edit has replaced are nowhere else.
  const made = job.runs.flatMap((one) => (one.made ? [one.made as unknown as MadeFilm] : []));
  const films = [job.film, ...made.map(({ film }) => film)];
  const given = [...new Set([...files.map(({ sha256 }) => sha256), ...sha256sIn(films)])];
  const orders = [job.order, ...made.map(({ order }) => order)];
  const sources = sha256sIn(orders).filter((sha256) => !given.includes(sha256));
  const { brief } = job.order as unknown as Order;
  await noteUnwanted(tx, [...given, ...sources], brief.text);
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
  return { events, artifacts: files.length, given, sources };
}

/** Every blob that is referred to anywhere in a value. */
function sha256sIn(value: unknown): string[] {
  const found = JSON.stringify(value ?? null).matchAll(/"sha256":"([0-9a-f]{64})"/g);
  return [...new Set(Array.from(found, ([, sha256 = '']) => sha256))];
}

/** Which of these blobs a file of another job that is not over, or an uploaded file has. */
async function namedByOthers(database: Transaction, sha256s: string[]): Promise<Set<string>> {
  const [where, select] = [{ sha256: { in: sha256s } }, { sha256: true }] as const;
  const [artifacts, assets] = await Promise.all([
    database.artifact.findMany({ where: { ...where, expiredAt: null }, select }),
    database.asset.findMany({ where: { ...where, deletedAt: null }, select }),
  ]);
  return new Set([...artifacts, ...assets].map(({ sha256 }) => sha256));
}
