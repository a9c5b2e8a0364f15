import type { Log } from '@aura/telemetry';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

interface NotificationDependencies {
  databaseUrl: string;
  channels: readonly string[];
  onNotification: (channel: string, payload: string) => void;
  /** The connection is there (again): anything may have been missed before. */
  onConnected: () => void;
  log: Log;
}

const MAX_RETRY_MS = 1_000;
const CONNECT_TIMEOUT_MS = 3_000;
/** A server that stands still says no goodbye. */
const GOODBYE_MS = 500;

/**
 * The gateway's one LISTEN connection. It comes back by itself when PostgreSQL restarts. Notifications
 * are wake-ups only, so a lost one costs time and no event.
 */
export class Notifications {
  private client: pg.Client | undefined;
  private readonly stop = new AbortController();
  private readonly running: Promise<void>;

  constructor(private readonly deps: NotificationDependencies) {
    this.running = this.keepListening();
  }

  async close(): Promise<void> {
    this.stop.abort();
    if (this.client) await hangUp(this.client);
    await this.running;
  }

  private async keepListening(): Promise<void> {
    let waitMs = 50;
    let isSilent = false;
    while (!this.stop.signal.aborted) {
      try {
        await this.listenOnce(() => {
          waitMs = 50;
          isSilent = false;
        });
      } catch (error) {
        if (!isSilent) this.deps.log.warn({ err: error }, 'the notification connection broke');
        isSilent = true;
      }
      await sleep(waitMs, undefined, { signal: this.stop.signal }).catch(() => undefined);
      waitMs = Math.min(MAX_RETRY_MS, waitMs * 2);
    }
  }

  /** Ends when the connection does. */
  private async listenOnce(onListening: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.deps.databaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'aura-gateway-listen',
    });
    const ended = new Promise<void>((resolve, reject) => {
      client.once('end', resolve);
      client.once('error', reject);
    });
    ended.catch(() => undefined);
    client.on('notification', ({ channel, payload }) =>
      this.deps.onNotification(channel, payload ?? ''),
    );
    this.client = client;
    try {
      await client.connect();
      for (const channel of this.deps.channels) await client.query(`LISTEN "${channel}"`);
      onListening();
      this.deps.onConnected();
      await ended;
    } finally {
      await hangUp(client);
    }
  }
}

/** Ends a connection in order, or cuts it off where that takes too long. */
async function hangUp(client: pg.Client): Promise<void> {
  const late = setTimeout(() => client.connection.stream.destroy(), GOODBYE_MS);
  await client.end().catch(() => undefined);
  clearTimeout(late);
}
