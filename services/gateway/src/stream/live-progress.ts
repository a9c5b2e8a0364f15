import { isTerminal } from '@aura/proto';
import type { Log } from '@aura/telemetry';
import { liveMessage, type PendingUnit } from './pending-units.js';

/** What the record says of a job in work. */
export interface JobInWork {
  jobId: string;
  run: number;
  state: string;
  stage: string;
  percent: number;
  message: string;
  scenesDone: number;
  scenesTotal: number;
}

/**
 * Progress between two durable events. It is told, not stored, and has no number. Its percentage is that of
 * the job's row, as everywhere: a row's percentage never falls, so neither does what a client hears from
 * streams and status of any gateway, in any order, over any restart. Heartbeats are told per unit and are
 * not added up: an attempt that is lost, or has just ended, takes its heartbeat with it.
 */
export interface LiveProgress extends JobInWork {
  units: PendingUnit[];
}

interface LiveDependencies {
  /** The rows of jobs that have not ended. */
  readJobs: (jobIds: string[]) => Promise<JobInWork[]>;
  /** The activities in work of one run of a job; rejects while Temporal does not answer. */
  pendingUnits: (jobId: string, run: number) => Promise<PendingUnit[]>;
  log: Log;
  /** Time between two looks at a job, ms. */
  intervalMs: number;
  /** How many jobs are looked at; watchers of further ones get durable events only. */
  maxJobs: number;
}

type Listener = (progress: LiveProgress) => void;

/** Rows that are read at a time to find the jobs in work. */
const MAX_ROWS = 1_000;
/** How long Temporal is left alone after it did not answer. */
const PAUSE_MS = 3_000;

/**
 * Looks at the heartbeats of watched jobs: one look per job and interval, whatever the number of
 * watchers, and none at all while Temporal is down. Tells nothing twice.
 */
export class LiveProgressPoller {
  private readonly watched = new Map<string, Set<Listener>>();
  private readonly told = new Map<string, string>();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;
  private pausedUntil = 0;

  constructor(private readonly deps: LiveDependencies) {}

  /** The returned function ends the watch. */
  watch(jobId: string, listener: Listener): () => void {
    const others = this.watched.get(jobId) ?? new Set();
    this.watched.set(jobId, others.add(listener));
    this.timer ??= setInterval(() => void this.look(), this.deps.intervalMs).unref();
    return () => {
      others.delete(listener);
      if (others.size > 0 || this.watched.get(jobId) !== others) return;
      this.watched.delete(jobId);
      this.told.delete(jobId);
      if (this.watched.size === 0) this.close();
    };
  }

  close(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    if (this.isLooking || Date.now() < this.pausedUntil) return;
    this.isLooking = true;
    try {
      const jobs = await this.deps.readJobs([...this.watched.keys()].slice(0, MAX_ROWS));
      const inWork = jobs.filter(isInWork).slice(0, this.deps.maxJobs);
      await Promise.all(inWork.map((job) => this.lookAt(job)));
    } catch (error) {
      this.pausedUntil = Date.now() + PAUSE_MS;
      this.deps.log.debug({ err: error }, 'no live progress at the moment');
    } finally {
      this.isLooking = false;
    }
  }

  private async lookAt(job: JobInWork): Promise<void> {
    const units = await this.deps.pendingUnits(job.jobId, job.run);
    const listeners = this.watched.get(job.jobId);
    if (!listeners) return;
    const progress = { ...job, message: liveMessage(units) ?? job.message, units };
    const news = JSON.stringify(progress);
    if (this.told.get(job.jobId) === news) return;
    this.told.set(job.jobId, news);
    for (const listener of listeners) listener(progress);
  }
}

function isInWork({ state }: JobInWork): boolean {
  return state !== 'queued' && !isTerminal(state);
}
