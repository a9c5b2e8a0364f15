import type { Log } from '@aura/telemetry';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from './facade-event.js';

/** Somebody who wants a job's events after `cursor`, each once and in order. */
export interface Subscriber {
  /** Number of the last event taken. */
  cursor: number;
  /** False while more would only pile up; call `wake` when it is true again. */
  isReady(): boolean;
  take(event: StoredEvent): void;
}

/** Reads the events after each job's cursor, ordered by job and number, at most `limit` in all. */
export type ReadEvents = (cursors: Map<string, number>, limit: number) => Promise<StoredEvent[]>;

interface FeedDependencies {
  read: ReadEvents;
  log: Log;
  /** How often everything is looked at without being woken, ms. */
  pollMs: number;
}

const JOBS_PER_READ = 500;
const EVENTS_PER_READ = 2_000;
const RETRY_MS = 400;

/**
 * Hands durable events to subscribers. One read serves all subscribers of a job, and all jobs that were
 * woken meanwhile. A notification only says where to look: what is told comes from the table, in the
 * order of its numbers, so nothing is lost or doubled when connections break.
 */
export class EventFeed {
  private readonly subscribers = new Map<string, Set<Subscriber>>();
  private readonly woken = new Set<string>();
  private readonly poll: NodeJS.Timeout;
  private isReading = false;
  private isClosed = false;

  constructor(private readonly deps: FeedDependencies) {
    this.poll = setInterval(() => this.wakeAll(), deps.pollMs);
    this.poll.unref();
  }

  /** Starts with what is stored already. The returned function ends it. */
  subscribe(jobId: string, subscriber: Subscriber): () => void {
    const others = this.subscribers.get(jobId) ?? new Set();
    this.subscribers.set(jobId, others.add(subscriber));
    this.wake(jobId);
    return () => {
      others.delete(subscriber);
      if (others.size === 0 && this.subscribers.get(jobId) === others) {
        this.subscribers.delete(jobId);
      }
    };
  }

  wake(jobId: string): void {
    if (this.isClosed || !this.subscribers.has(jobId)) return;
    this.woken.add(jobId);
    if (!this.isReading) void this.readWoken();
  }

  wakeAll(): void {
    for (const jobId of this.subscribers.keys()) this.wake(jobId);
  }

  close(): void {
    this.isClosed = true;
    clearInterval(this.poll);
    this.woken.clear();
    this.subscribers.clear();
  }

  private async readWoken(): Promise<void> {
    this.isReading = true;
    try {
      while (this.woken.size > 0) {
        const jobIds = [...this.woken].slice(0, JOBS_PER_READ);
        for (const jobId of jobIds) this.woken.delete(jobId);
        await this.readJobs(jobIds);
      }
    } finally {
      this.isReading = false;
    }
  }

  private async readJobs(jobIds: string[]): Promise<void> {
    const cursors = new Map(jobIds.flatMap((jobId) => this.cursorOf(jobId)));
    if (cursors.size === 0) return;
    try {
      const events = await this.deps.read(cursors, EVENTS_PER_READ);
      for (const event of events) this.deliver(event);
      if (events.length === EVENTS_PER_READ) this.wakeAgain(jobIds);
    } catch (error) {
      this.deps.log.warn({ err: error }, 'events cannot be read; trying again');
      await sleep(RETRY_MS);
      this.wakeAgain(jobIds);
    }
  }

  private wakeAgain(jobIds: string[]): void {
    if (!this.isClosed) for (const jobId of jobIds) this.woken.add(jobId);
  }

  /** The least cursor of those who can take more. */
  private cursorOf(jobId: string): [string, number][] {
    const ready = [...(this.subscribers.get(jobId) ?? [])].filter((one) => one.isReady());
    return ready.length === 0 ? [] : [[jobId, Math.min(...ready.map(({ cursor }) => cursor))]];
  }

  private deliver(event: StoredEvent): void {
    for (const subscriber of this.subscribers.get(event.jobId) ?? []) {
      if (event.seq !== subscriber.cursor + 1 || !subscriber.isReady()) continue;
      subscriber.cursor = event.seq;
      subscriber.take(event);
    }
  }
}
