import {
  awaitStart,
  backOffMs,
  orderOf,
  postponeOutbox,
  settleOutbox,
  takeOutbox,
  type Database,
  type OutboxRow,
} from '@aura/database';
import type { Log } from '@aura/telemetry';
import type { Engine } from '../temporal/engine.js';
import { isOutage, reasonOf, retryDelayMs } from './retry.js';

interface ReconcilerDependencies {
  database: Database;
  engine: Pick<Engine, 'start' | 'cancel' | 'pause'>;
  log: Log;
  /** How often the table is looked at without being woken, ms. */
  pollMs: number;
}

/** Longer than a delivery may take, shorter than anybody wants to wait for the work of a dead gateway. */
const LEASE_MS = 6_000;
const COMMANDS = ['start', 'cancel', 'pause', 'resume'] as const;
const BATCH = 10;
const GATHER_MS = 15;
/** What a workflow is started with. */
const ORDERED = { id: true, run: true, tenantId: true, correlationId: true, order: true } as const;
type OrderedJob = Parameters<typeof orderOf>[0];
const MAX_DELAY_MS = 5_000;
const LOG_EVERY_MS = 60_000;

/**
 * Tells Temporal what the outbox says: which jobs to start, to cancel, to pause, to resume. Woken after each accepted
 * request and looking by itself in between, so that nothing depends on one process living on. Several
 * gateways share the table; whatever is delivered twice is idempotent.
 */
export class Reconciler {
  private timer: NodeJS.Timeout | undefined;
  private soon: NodeJS.Timeout | undefined;
  private isWoken = false;
  private running: Promise<void> | undefined;
  private isClosed = false;
  /** When each kind of outage was last told of. */
  private readonly toldAt = new Map<string, number>();
  /** Temporal did not answer last time: one command at a time asks whether it does again. */
  private isDown = false;

  constructor(private readonly deps: ReconcilerDependencies) {}

  start(): void {
    this.timer = setInterval(() => this.look(), this.deps.pollMs);
    this.look();
  }

  /**
   * A command was written. Returns at once; what is written in the next moment is delivered together with
   * it. During an outage the timer's turn is soon enough.
   */
  wake(): void {
    if (!this.isDown) this.soon ??= setTimeout(() => this.look(), GATHER_MS);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    clearTimeout(this.soon);
    await this.running;
  }

  private look(): void {
    clearTimeout(this.soon);
    this.soon = undefined;
    this.isWoken = true;
    if (!this.isClosed) this.running ??= this.work();
  }

  private async work(): Promise<void> {
    try {
      while (this.isWoken && !this.isClosed) {
        this.isWoken = false;
        await this.deliverDue();
      }
    } catch (error) {
      this.tellOutage({ err: error }, 'the outbox cannot be read; trying again');
    } finally {
      this.running = undefined;
    }
  }

  private async deliverDue(): Promise<void> {
    const limit = this.isDown ? 1 : BATCH;
    const rows = await takeOutbox(this.deps.database, COMMANDS, {
      limit,
      leaseMs: LEASE_MS,
    });
    if (rows.length === 0) return;
    this.isDown = false;
    const id = { in: rows.map(({ jobId }) => jobId) };
    const jobs = await this.deps.database.job.findMany({ where: { id }, select: ORDERED });
    await Promise.all(jobs.map((job) => this.deliverAll(job, rowsOf(job.id, rows))));
    if (rows.length === limit && !this.isDown) this.isWoken = true;
  }

  /** One job's commands in their order; after one that failed the rest waits for its next turn. */
  private async deliverAll(job: OrderedJob, rows: OutboxRow[]): Promise<void> {
    for (const row of rows) {
      try {
        await this.deliver(job, row);
      } catch (error) {
        this.isDown ||= isOutage(error);
        this.tellFailure(job, row, error);
        await this.postpone(job, rows.slice(rows.indexOf(row)), error);
        return;
      }
    }
  }

  private async deliver(job: OrderedJob, row: OutboxRow): Promise<void> {
    const { engine, database } = this.deps;
    const { command, run } = row;
    if (command === 'start') await engine.start(orderOf({ ...job, run }));
    // A run that follows by itself later hears with its start how it is to begin.
    else if (command !== 'cancel' && (await awaitStart(database, row))) return;
    else await this.tellRun(row);
    await settleOutbox(database, row);
  }

  /**
   * Whether the start is still to be done is read before Temporal is asked: another gateway may start the
   * workflow in between, and a wish that has found none would then be lost.
   */
  private async tellRun(row: OutboxRow): Promise<void> {
    const { engine, database } = this.deps;
    const { id, jobId, run, command } = row;
    const start = { jobId, run, command: 'start' };
    const isToBeStarted = (await database.outbox.count({ where: start })) > 0;
    const isTold =
      command === 'cancel'
        ? engine.cancel(jobId, run)
        : engine.pause(jobId, run, { paused: command === 'pause', order: Number(id) });
    if (!(await isTold) && isToBeStarted) {
      throw new Error('the workflow that is to be told has not been started yet');
    }
  }

  private async postpone(job: OrderedJob, rows: OutboxRow[], error: unknown): Promise<void> {
    for (const row of rows) {
      const delayMs = retryDelayMs(error, backOffMs(row.attempts, MAX_DELAY_MS));
      await postponeOutbox(this.deps.database, row, { delayMs, reason: reasonOf(error) }).catch(
        (cause: unknown) =>
          this.tellOutage(
            { ...namesOf(job), err: cause },
            'the outbox cannot be written; trying again',
          ),
      );
    }
  }

  /** What Temporal refuses is a matter of this job; where nobody answers it is one of all jobs. */
  private tellFailure(job: OrderedJob, { command, attempts }: OutboxRow, error: unknown): void {
    const fields = { ...namesOf(job), command, attempts, err: error };
    if (isOutage(error)) this.tellOutage(fields, 'temporal does not answer; it is tried again');
    else this.deps.log.warn(fields, 'temporal could not be told; it is tried again');
  }

  /** An outage is one line a minute of each kind, not one per attempt. */
  private tellOutage(fields: Record<string, unknown>, message: string): void {
    if (Date.now() - (this.toldAt.get(message) ?? 0) < LOG_EVERY_MS) return;
    this.toldAt.set(message, Date.now());
    this.deps.log.warn(fields, message);
  }
}

function namesOf({ id: videoId, correlationId }: OrderedJob) {
  return { videoId, correlationId };
}

function rowsOf(jobId: string, rows: OutboxRow[]): OutboxRow[] {
  return rows.filter((row) => row.jobId === jobId).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
