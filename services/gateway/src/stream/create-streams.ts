import type { Database } from '@aura/database';
import { EVENTS_CHANNEL } from '@aura/proto';
import type { Log } from '@aura/telemetry';
import { forCallersTenant } from '../guard/principal.js';
import type { Engine } from '../temporal/engine.js';
import { EventFeed } from './event-feed.js';
import { LiveProgressPoller } from './live-progress.js';
import { Notifications } from './notifications.js';
import { eventReader, jobsInWorkReader } from './read-events.js';
import { Streams } from './streams.js';

interface StreamsOptions {
  databaseUrl: string;
  log: Log;
  maxStreams: number;
  maxStreamsPerKey?: number;
  /** All in ms. */
  heartbeatMs: number;
  eventPollMs: number;
  livePollMs: number;
}

interface StreamsParts {
  /** What requests see, */
  database: Database;
  /** and what one read for the watchers of all tenants does. */
  whole: Database;
  engine: Pick<Engine, 'pendingUnits'>;
}

/** How many watched jobs are looked at in Temporal; watchers of more get durable events only. */
const MAX_LIVE_JOBS = 50;

/** What streams live on: durable events by notification, live progress by looking. */
export function createStreams(options: StreamsOptions, { database, whole, engine }: StreamsParts) {
  const { databaseUrl, log, eventPollMs, livePollMs } = options;
  const feed = new EventFeed({ read: eventReader(whole), log, pollMs: eventPollMs });
  const live = new LiveProgressPoller({
    readJobs: jobsInWorkReader(whole),
    pendingUnits: (jobId, run) => engine.pendingUnits(jobId, run),
    log,
    intervalMs: livePollMs,
    maxJobs: MAX_LIVE_JOBS,
  });
  let notifications: Notifications | undefined;
  return {
    streams: new Streams(forCallersTenant({ ...options, database, feed, live })),
    start: () => {
      notifications = new Notifications({
        databaseUrl,
        channels: [EVENTS_CHANNEL],
        onNotification: (_channel, jobId) => feed.wake(jobId),
        onConnected: () => feed.wakeAll(),
        log,
      });
    },
    close: async () => {
      feed.close();
      live.close();
      await notifications?.close();
    },
  };
}
