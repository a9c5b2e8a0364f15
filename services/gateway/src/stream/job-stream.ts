import type { JobState } from '@aura/proto';
import type { Response } from 'express';
import { stageTitle, statusOf } from '../videos/facade.js';
import type { Subscriber } from './event-feed.js';
import {
  AT_START,
  endsStream,
  facadeEvent,
  newsOf,
  toldAfter,
  type StoredEvent,
  type Told,
} from './facade-event.js';
import type { LiveProgress } from './live-progress.js';
import { SseConnection } from './sse-connection.js';
import type { StreamDependencies } from './streams.js';

type JobStreamDependencies = Pick<StreamDependencies, 'feed' | 'live' | 'heartbeatMs'>;

/** A job as it is when somebody begins to watch it. */
interface WatchedJob {
  id: string;
  run: number;
  stage: string;
  percent: number;
  correlationId: string;
}

/** One client that watches one job: durable events in their order, live progress between them. */
export class JobStream implements Subscriber {
  private readonly connection: SseConnection;
  private told: Told;
  /** The last message in short: progress that says the same again is left out. */
  private said = '';
  private stops: (() => void)[] = [];

  constructor(
    private readonly job: WatchedJob,
    public cursor: number,
    private readonly response: Response,
    private readonly deps: JobStreamDependencies,
  ) {
    this.connection = new SseConnection(response, () => deps.feed.wake(job.id));
    // Who resumes may have been told what the row says, here or by a gateway that is gone, and not yet have
    // the events that led there; who is new starts with the story from 0.
    const percent = Math.min(99, job.percent);
    this.told = cursor > 0 ? toldAfter(AT_START, { percent, stage: job.stage }) : AT_START;
  }

  /** `onClose` is called once, however the stream ends. */
  start(onClose: () => void): void {
    const { feed, live, heartbeatMs } = this.deps;
    this.response.once('close', () => {
      for (const stop of this.stops) stop();
      onClose();
    });
    this.connection.open();
    if (this.response.req.method === 'HEAD') return this.end();
    const beat = setInterval(() => this.connection.beat(Date.now()), heartbeatMs);
    this.stops = [
      () => clearInterval(beat),
      feed.subscribe(this.job.id, this),
      live.watch(this.job.id, (progress) => this.tell(progress)),
    ];
  }

  isReady(): boolean {
    return this.connection.isReady;
  }

  take(event: StoredEvent): void {
    const { correlationId } = this.job;
    const newestRun = Math.max(this.job.run, event.run, event.newestRun ?? 0);
    const message = facadeEvent(event, { correlationId, told: this.told, newestRun });
    this.told = toldAfter(this.told, newsOf(event.data));
    this.said = inShort(message.data);
    this.connection.send({ id: event.seq, ...message });
    if (endsStream(message)) this.end();
  }

  end(): void {
    this.connection.end();
  }

  /**
   * Progress that is not stored: left out for a client that is behind, and where an event has overtaken it.
   */
  private tell({ percent, stage, message, state, scenesDone, scenesTotal, units }: LiveProgress) {
    if (!this.connection.isReady || this.cursor === 0) return;
    const told = toldAfter(this.told, { percent, stage });
    if (told.stage !== stage) return;
    const data = {
      jobId: this.job.id,
      percentage: told.percent,
      at: new Date().toISOString(),
      stage: stageTitle(stage),
      message,
      status: statusOf(state as JobState),
      state,
      scenesDone,
      scenesTotal,
      units: units.map(({ unit, percent: percentage, detail }) => ({ unit, percentage, detail })),
    };
    if (inShort(data) === this.said) return;
    this.told = told;
    this.said = inShort(data);
    this.connection.send({ event: 'progress', data });
  }
}

function inShort(data: Record<string, unknown>): string {
  const { percentage, stage, message, scenesDone, units = [] } = data;
  return JSON.stringify([percentage, stage, message, scenesDone, units]);
}
