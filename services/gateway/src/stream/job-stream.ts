import type { JobState } from '@aura/proto';
import type { Response } from 'express';
import { stageTitle, statusOf } from '../videos/facade.js';
import type { Subscriber } from './event-feed.js';
import { endsStream, facadeEvent, type StoredEvent } from './facade-event.js';
import type { LiveProgress } from './live-progress.js';
import { SseConnection } from './sse-connection.js';
import type { StreamDependencies } from './streams.js';

type JobStreamDependencies = Pick<
  StreamDependencies,
  'feed' | 'live' | 'highWater' | 'heartbeatMs'
>;

/** One client that watches one job: durable events in their order, live progress between them. */
export class JobStream implements Subscriber {
  private readonly connection: SseConnection;
  /** The highest percentage that this client knows. */
  private floor: number;
  private stops: (() => void)[] = [];

  constructor(
    private readonly job: { id: string; correlationId: string },
    public cursor: number,
    private readonly response: Response,
    private readonly deps: JobStreamDependencies,
  ) {
    this.connection = new SseConnection(response, () => deps.feed.wake(job.id));
    // Who resumes may have been told live progress before; who is new starts with the story from 0.
    this.floor = cursor > 0 ? Math.min(99, deps.highWater.of(job.id)) : 0;
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
    const { highWater } = this.deps;
    const { correlationId } = this.job;
    const told = facadeEvent(event, { correlationId, floor: this.floor });
    this.floor = Math.max(this.floor, event.data.percent);
    highWater.raise(event.jobId, event.data.percent);
    this.connection.send({ id: event.seq, ...told });
    if (endsStream(told)) this.end();
  }

  end(): void {
    this.connection.end();
  }

  /** Progress that is not stored: left out for a client that is behind, and never in the way of an event. */
  private tell({ percent, stage, message, state, scenesDone, scenesTotal, units }: LiveProgress) {
    if (!this.connection.isReady || this.cursor === 0) return;
    this.floor = Math.max(this.floor, percent);
    this.connection.send({
      event: 'progress',
      data: {
        jobId: this.job.id,
        percentage: this.floor,
        at: new Date().toISOString(),
        stage: stageTitle(stage),
        message,
        status: statusOf(state as JobState),
        state,
        scenesDone,
        scenesTotal,
        units: units.map(({ unit, heartbeat: { percent: percentage, detail } }) => ({
          unit,
          percentage,
          detail,
        })),
      },
    });
  }
}
