import type { Database } from '@aura/database';
import { Failure } from '@aura/failure';
import { isTerminal } from '@aura/proto';
import type { Request, Response } from 'express';
import type { EventFeed } from './event-feed.js';
import { lastEventId } from './last-event-id.js';
import type { LiveProgressPoller } from './live-progress.js';
import { JobStream } from './job-stream.js';
import { StreamsPerKey } from './streams-per-key.js';

export interface StreamDependencies {
  database: Database;
  feed: EventFeed;
  live: LiveProgressPoller;
  tenantId: string;
  /** Time between two comments, ms. */
  heartbeatMs: number;
  maxStreams: number;
  maxStreamsPerKey?: number;
}

const STREAM_COLUMNS = {
  id: true,
  run: true,
  state: true,
  stage: true,
  percent: true,
  seq: true,
  correlationId: true,
} as const;

/** All event streams of this process. */
export class Streams {
  private readonly active = new Set<JobStream>();
  private opening = 0;
  private isClosed = false;

  private readonly perKey: StreamsPerKey;

  constructor(private readonly deps: StreamDependencies) {
    this.perKey = new StreamsPerKey(deps.maxStreamsPerKey);
  }

  get count(): number {
    return this.active.size + this.opening;
  }

  /**
   * Answers with a job's events. 204 tells an EventSource that has seen the last one not to come back.
   * Errors: JobNotFound, NotAcceptable, TooManyStreams, TooManyRequests, ShuttingDown.
   */
  async open(jobId: string, request: Request, response: Response): Promise<void> {
    this.refuseUnlessRoom();
    if (!request.accepts('text/event-stream')) {
      throw new Failure('NotAcceptable', 'A stream is text/event-stream.');
    }
    let giveBack: (() => void) | undefined = this.perKey.take();
    this.opening += 1;
    try {
      const job = await this.find(jobId);
      if (this.isClosed) throw stopping();
      const cursor = lastEventId(request, job.seq);
      if (isTerminal(job.state) && cursor === job.seq) response.status(204).end();
      else if (!response.destroyed) {
        this.begin(new JobStream(job, cursor, response, this.deps), giveBack);
        giveBack = undefined;
      }
    } finally {
      giveBack?.();
      this.opening -= 1;
    }
  }

  /** Ends all streams; their clients come back with their last id, here or elsewhere. */
  close(): void {
    this.isClosed = true;
    for (const stream of this.active) stream.end();
  }

  private begin(stream: JobStream, giveBack: () => void): void {
    this.active.add(stream);
    stream.start(() => {
      this.active.delete(stream);
      giveBack();
    });
  }

  private async find(jobId: string) {
    const { database, tenantId } = this.deps;
    const where = { id: jobId, tenantId };
    const job = await database.job.findFirst({ where, select: STREAM_COLUMNS });
    if (!job) throw new Failure('JobNotFound', 'There is no job with this id.');
    return job;
  }

  private refuseUnlessRoom(): void {
    if (this.isClosed) throw stopping();
    if (this.count >= this.deps.maxStreams) {
      throw new Failure('TooManyStreams', 'No more streams are served at the moment.', {
        retryAfterMs: 5_000,
      });
    }
  }
}

function stopping(): Failure {
  return new Failure('ShuttingDown', 'The server is stopping.');
}
