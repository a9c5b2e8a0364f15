import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Provider } from '@nestjs/common';
import { createDatabase, freshWorkers, type Database } from '@aura/database';
import { EVENTS_CHANNEL, type Chains } from '@aura/proto';
import type { ProxySettings } from '@aura/provider';
import { openStore, type ArtifactStore, type OpenStore, type StoreSettings } from '@aura/storage';
import type { Log } from '@aura/telemetry';
import { Assets } from './assets/assets.js';
import { createApp } from './create-app.js';
import { Downloads } from './download/downloads.js';
import { GatewayModule } from './gateway.module.js';
import { CreateJobs } from './jobs/create-jobs.js';
import { DeleteJobs } from './jobs/delete-job.js';
import { Jobs } from './jobs/jobs.js';
import { PauseJobs } from './jobs/pause-jobs.js';
import { Health } from './health/health.js';
import { listen, stopServing } from './http/serve.js';
import { Reconciler } from './outbox/reconciler.js';
import { Providers } from './providers/providers.js';
import { ProviderCheck } from './providers/validate/provider-check.js';
import { EventFeed } from './stream/event-feed.js';
import { LiveProgressPoller } from './stream/live-progress.js';
import { Notifications } from './stream/notifications.js';
import { eventReader, jobsInWorkReader } from './stream/read-events.js';
import { Streams } from './stream/streams.js';
import { createEngine, type Engine } from './temporal/engine.js';
import { Stored } from './stored/stored.js';
import { Estimates } from './videos/estimate.js';
import { Generate } from './videos/generate.js';
import type { PresetName } from './videos/making-options.js';
import { Rebuild } from './videos/rebuild.js';
import { Videos } from './videos/videos.js';

export interface GatewayOptions {
  databaseUrl: string;
  /** host:port */
  temporalAddress: string;
  temporalNamespace: string;
  /** AURA_HOME; the files of jobs lie in artifacts/. */
  home: string;
  /** Where the files of jobs lie instead, where it is a bucket. */
  bucket?: Omit<StoreSettings, 'folder'> | undefined;
  /** Whether clients are sent to the bucket for films. */
  redirectsDownloads?: boolean;
  /** What serves the store's files to everybody who has their address. */
  cdnUrl?: string | undefined;
  tenantId: string;
  /** What fills in requests that name no preset; `default` unless given. */
  preset?: PresetName;
  /** The configured order of each chain; empty or absent: all providers, as registered. */
  chains?: Partial<Record<keyof Chains, readonly string[]>>;
  /** What a job may spend that names no budget, in US dollars. */
  jobBudgetUsd?: number | undefined;
  /** What all jobs of a day may spend together, in US dollars. */
  dayBudgetUsd?: number | undefined;
  /** Without one only programs and pages of this machine are served. */
  apiKey: string | undefined;
  bodyLimitBytes: number;
  maxStreams: number;
  /** Largest file that is taken in. */
  uploadLimitBytes: number;
  /** What the uploaded files of one tenant may take together; 0 for no limit. */
  uploadQuotaBytes: number;
  /** What the films of a tenant may take together; 0, or absent, for no limit. */
  filmQuotaBytes?: number;
  /** How long uploaded files are kept; 0 for ever. */
  keepAssetsDays: number;
  minFreeDiskMb: number;
  minFreeMemoryMb: number;
  /** What stands in the place of vendors' own addresses, and where servers of one's own are, by provider; keys are never here. */
  providerAddresses?: Readonly<Record<string, string | undefined>>;
  proxy?: ProxySettings;
  log: Log;
  timing?: Partial<Timing>;
}

/** All in ms. */
interface Timing {
  /** Between two comments of a stream. */
  heartbeatMs: number;
  /** Between two looks at the events of watched jobs that nothing has announced. */
  eventPollMs: number;
  /** Between two looks at the outbox that nothing has asked for. */
  outboxPollMs: number;
  /** Between two messages of live progress. */
  livePollMs: number;
}

const TIMING: Timing = {
  heartbeatMs: 15_000,
  eventPollMs: 2_000,
  outboxPollMs: 2_000,
  livePollMs: 500,
};

/** How many watched jobs are looked at in Temporal; watchers of more get durable events only. */
const MAX_LIVE_JOBS = 50;
/** A server that stands still is not waited for: what is left undone is due again, here or at another gateway. */
const CLOSE_WITHIN_MS = 3_000;

export interface Gateway {
  /** Begins to serve; gives the address. Errors: EADDRINUSE. */
  listen(port: number, host: string): Promise<string>;
  /** Stops accepting, ends streams, lets downloads end for a while, then closes what was opened. */
  close(): Promise<void>;
}

/** Builds a gateway from plain values. Neither PostgreSQL nor Temporal has to be there yet. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { bucket, home } = options;
  const folder = path.join(home, 'artifacts');
  const local = { region: '', cacheBytes: 0 };
  const opened = await openStore({ folder, ...(bucket ?? local) });
  const parts = createParts(options, opened);
  const app = await createApp(GatewayModule.with(parts.providers), options);
  const server = app.getHttpServer();
  return {
    listen: async (port, host) => {
      const address = await listen(server, port, host);
      parts.start();
      return address;
    },
    close: async () => {
      await stopServing(server, () => parts.streams.close());
      await app.close();
      await parts.close();
    },
  };
}

function createParts(options: GatewayOptions, { store, ledger }: OpenStore) {
  const { databaseUrl, log } = options;
  const database = createDatabase(databaseUrl, {
    name: 'aura-gateway',
    onConnectionError: (error) => log.debug({ err: error }, 'a database connection broke'),
  });
  const engine = createEngine({
    address: options.temporalAddress,
    namespace: options.temporalNamespace,
  });
  const { outboxPollMs } = { ...TIMING, ...options.timing };
  const reconciler = new Reconciler({ database, engine, log, pollMs: outboxPollMs });
  const wakeOutbox = () => reconciler.wake();
  const { streams, ...watching } = createStreams(options, database, engine);
  const check = new ProviderCheck({
    // Without a key only this machine is served, so whoever asks sits at it.
    isInsideAllowed: !options.apiKey,
    addresses: options.providerAddresses ?? {},
    proxy: options.proxy ?? {},
    workers: () => freshWorkers(database),
  });
  return {
    streams,
    providers: [
      ...jobParts(options, { database, store, wakeOutbox }),
      {
        provide: DeleteJobs,
        useValue: new DeleteJobs({ ...options, database, store, ledger, engine }),
      },
      { provide: Downloads, useValue: new Downloads({ ...options, database, store }) },
      { provide: Streams, useValue: streams },
      { provide: Assets, useValue: new Assets(assetsOf(options, database, store)) },
      {
        provide: Estimates,
        useValue: new Estimates(database, { ...options, orders: options.chains ?? {} }),
      },
      { provide: Providers, useValue: new Providers(database) },
      { provide: ProviderCheck, useValue: check },
      { provide: Health, useValue: new Health({ ...options, database, engine }) },
    ],
    start: () => {
      reconciler.start();
      watching.start();
    },
    close: async () => {
      await inTime(Promise.all([watching.close(), reconciler.close()]));
      await inTime(Promise.all([engine.close(), database.$disconnect(), check.close()]));
    },
  };
}

/** What takes jobs in, and tells of them. */
function jobParts(
  options: GatewayOptions,
  parts: { database: Database; store: ArtifactStore; wakeOutbox: () => void },
): Provider[] {
  const { tenantId, preset, jobBudgetUsd, dayBudgetUsd } = options;
  const stored = new Stored({ filmQuotaBytes: 0, ...options, ...parts });
  const taking = { ...parts, stored, tenantId, jobBudgetUsd, dayBudgetUsd };
  const generate = new Generate({ ...taking, ...(preset ? { preset } : {}) });
  const videos = new Videos({ ...parts, tenantId });
  const jobs = new Jobs({ ...taking, videos });
  return [
    { provide: Stored, useValue: stored },
    { provide: Generate, useValue: generate },
    { provide: Rebuild, useValue: new Rebuild(taking) },
    { provide: Videos, useValue: videos },
    { provide: Jobs, useValue: jobs },
    { provide: PauseJobs, useValue: new PauseJobs({ ...parts, jobs }) },
    { provide: CreateJobs, useValue: new CreateJobs({ ...taking, generate }) },
  ];
}

function assetsOf(options: GatewayOptions, database: Database, store: ArtifactStore) {
  const { uploadLimitBytes, uploadQuotaBytes, keepAssetsDays } = options;
  const limits = { limitBytes: uploadLimitBytes, quotaBytes: uploadQuotaBytes };
  return { ...options, database, store, ...limits, keepDays: keepAssetsDays };
}

async function inTime(closing: Promise<unknown>): Promise<void> {
  await Promise.race([closing, sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]);
}

/** What streams live on: durable events by notification, live progress by looking. */
function createStreams(options: GatewayOptions, database: Database, engine: Engine) {
  const { databaseUrl, log } = options;
  const { heartbeatMs, eventPollMs, livePollMs } = { ...TIMING, ...options.timing };
  const feed = new EventFeed({ read: eventReader(database), log, pollMs: eventPollMs });
  const live = new LiveProgressPoller({
    readJobs: jobsInWorkReader(database),
    pendingUnits: (jobId, run) => engine.pendingUnits(jobId, run),
    log,
    intervalMs: livePollMs,
    maxJobs: MAX_LIVE_JOBS,
  });
  let notifications: Notifications | undefined;
  return {
    streams: new Streams({ ...options, database, feed, live, heartbeatMs }),
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
