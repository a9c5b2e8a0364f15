import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Provider } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { freshWorkers, type Database } from '@aura/database';
import type { Chains } from '@aura/proto';
import type { ProxySettings } from '@aura/provider';
import { openStore, type ArtifactStore, type OpenStore, type StoreSettings } from '@aura/storage';
import type { Log } from '@aura/telemetry';
import { Approvals } from './approvals/approvals.js';
import { Assets } from './assets/assets.js';
import { AuditLog } from './audit/audit-log.js';
import { createApp } from './create-app.js';
import { openDatabases } from './databases.js';
import { Downloads } from './download/downloads.js';
import { Edits } from './edits/edits.js';
import { GatewayModule } from './gateway.module.js';
import { forCallersTenant } from './guard/principal.js';
import { RateLimits, type RateLimitSettings } from './guard/rate-limits.js';
import { CreateJobs } from './jobs/create-jobs.js';
import { DeleteJobs } from './jobs/delete-job.js';
import { Jobs } from './jobs/jobs.js';
import { PauseJobs } from './jobs/pause-jobs.js';
import { Health } from './health/health.js';
import { insightParts } from './insight/insight.js';
import { listen, stopServing } from './http/serve.js';
import { Keys } from './keys/keys.js';
import { Reconciler } from './outbox/reconciler.js';
import { Providers } from './providers/providers.js';
import { ProviderCheck } from './providers/validate/provider-check.js';
import { SharedLinks } from './share/shared-links.js';
import { createStreams } from './stream/create-streams.js';
import { Streams } from './stream/streams.js';
import { createEngine, type Engine } from './temporal/engine.js';
import { Repetition } from './repeat/repetition.js';
import { Stored } from './stored/stored.js';
import { Estimates } from './videos/estimate.js';
import { Generate } from './videos/generate.js';
import type { PresetName } from './videos/making-options.js';
import { Rebuild } from './videos/rebuild.js';
import { Videos } from './videos/videos.js';

export interface GatewayOptions {
  databaseUrl: string;
  /** By a user who may do no more than requests need; `databaseUrl` unless given. */
  requestsUrl?: string | undefined;
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
  /** Whose owner is who calls with `apiKey`, or from this machine where no key is needed. */
  tenantId: string;
  /** What fills in requests that name no preset; `default` unless given. */
  preset?: PresetName;
  /** The configured order of each chain; empty or absent: all providers, as registered. */
  chains?: Partial<Record<keyof Chains, readonly string[]>>;
  /** What a job may spend that names no budget, in US dollars. */
  jobBudgetUsd?: number | undefined;
  /** What all jobs of a day may spend together, in US dollars. */
  dayBudgetUsd?: number | undefined;
  /** A key beside those of the table. */
  apiKey: string | undefined;
  /** Whether a key is needed also where `apiKey` is not set; else programs and pages of this machine need none. */
  needsKey?: boolean;
  /** None where absent. */
  rateLimits?: RateLimitSettings;
  /** Open streams of one key; no limit where absent. */
  maxStreamsPerKey?: number;
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
  /** A query of the database that takes longer, in ms, is logged and counted; 0, or absent, for none. */
  slowQueryMs?: number;
  minFreeDiskMb: number;
  minFreeMemoryMb: number;
  /** What stands in the place of vendors' own addresses, and where servers of one's own are, by provider; keys are never here. */
  providerAddresses?: Readonly<Record<string, string | undefined>>;
  proxy?: ProxySettings;
  /** For whoever looks for a fault: the settings as they may be shown, and what must never be. */
  about?: { settings: Record<string, string>; secrets: readonly string[] };
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
  /** How long a repeated request waits for the answer to the first. */
  repeatWaitMs: number;
}

const TIMING: Timing = {
  heartbeatMs: 15_000,
  eventPollMs: 2_000,
  outboxPollMs: 2_000,
  livePollMs: 500,
  repeatWaitMs: 10_000,
};

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
  const parts = createParts({ ...options, operatorTenantId: options.tenantId }, opened);
  const { keys, auditLog } = parts;
  const limits = new RateLimits({ perKey: 0, perAddress: 0, ...options.rateLimits });
  const access = { ...options, keys, limits };
  const settings = { ...options, access, auditLog };
  const app = await createApp(GatewayModule.with(parts.providers), settings);
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

/** Whose tenant something is done for is known when a request is answered. */
type PartOptions = Omit<GatewayOptions, 'tenantId'> & { operatorTenantId: string };

function createParts(options: PartOptions, { store, ledger }: OpenStore) {
  const { log } = options;
  const { database, whole, slowQueries, ...databases } = openDatabases(options, log);
  const keys = new Keys(whole);
  const auditLog = new AuditLog({ whole, log });
  const engine = createEngine({
    address: options.temporalAddress,
    namespace: options.temporalNamespace,
  });
  const { outboxPollMs, repeatWaitMs: waitMs, ...timing } = { ...TIMING, ...options.timing };
  const reconciler = new Reconciler({ database: whole, engine, log, pollMs: outboxPollMs });
  const wakeOutbox = () => reconciler.wake();
  const { streams, ...watching } = createStreams(
    { ...options, ...timing },
    { database, whole, engine },
  );
  const check = providerCheck(options, database);
  return {
    streams,
    keys,
    auditLog,
    providers: [
      { provide: Keys, useValue: keys },
      { provide: AuditLog, useValue: auditLog },
      {
        provide: APP_INTERCEPTOR,
        useValue: new Repetition(forCallersTenant({ database, waitMs })),
      },
      ...jobParts(options, { database, whole, store, engine, wakeOutbox }),
      {
        provide: DeleteJobs,
        useValue: new DeleteJobs(forCallersTenant({ database, whole, store, ledger, engine, log })),
      },
      ...fileParts(options, { database, whole, store }),
      { provide: Streams, useValue: streams },
      {
        provide: Estimates,
        useValue: new Estimates(
          database,
          forCallersTenant({ ...options, orders: options.chains ?? {} }),
        ),
      },
      ...insightParts({ ...options, database, whole, slowQueries, engine, store }),
      { provide: Providers, useValue: new Providers(database) },
      { provide: ProviderCheck, useValue: check },
      { provide: Health, useValue: new Health({ ...options, database: whole, engine }) },
    ],
    start: () => {
      reconciler.start();
      watching.start();
    },
    close: async () => {
      await inTime(Promise.all([watching.close(), reconciler.close(), auditLog.close()]));
      await inTime(Promise.all([engine.close(), databases.close(), check.close()]));
    },
  };
}

function providerCheck(options: PartOptions, database: Database): ProviderCheck {
  return new ProviderCheck({
    // Without a key only this machine is served, so whoever asks sits at it.
    isInsideAllowed: !options.apiKey && !options.needsKey,
    addresses: options.providerAddresses ?? {},
    proxy: options.proxy ?? {},
    workers: () => freshWorkers(database),
  });
}

/** What takes jobs in, and tells of them. */
function jobParts(
  options: PartOptions,
  parts: {
    database: Database;
    whole: Database;
    store: ArtifactStore;
    engine: Engine;
    wakeOutbox: () => void;
  },
): Provider[] {
  const { preset, jobBudgetUsd, dayBudgetUsd } = options;
  const stored = new Stored(forCallersTenant({ filmQuotaBytes: 0, ...options, ...parts }));
  const taking = { ...parts, stored, jobBudgetUsd, dayBudgetUsd };
  const generate = new Generate(forCallersTenant({ ...taking, ...(preset ? { preset } : {}) }));
  const videos = new Videos(forCallersTenant(parts));
  const jobs = new Jobs(forCallersTenant({ ...taking, videos }));
  const creating = new CreateJobs(forCallersTenant({ ...taking, generate }));
  return [
    { provide: Stored, useValue: stored },
    { provide: Generate, useValue: generate },
    { provide: Rebuild, useValue: new Rebuild(forCallersTenant(taking)) },
    { provide: Videos, useValue: videos },
    { provide: Edits, useValue: new Edits(forCallersTenant(taking)) },
    { provide: Jobs, useValue: jobs },
    { provide: PauseJobs, useValue: new PauseJobs({ ...parts, jobs }) },
    { provide: Approvals, useValue: new Approvals(forCallersTenant({ ...parts, jobs })) },
    { provide: CreateJobs, useValue: creating },
  ];
}

/** What takes files in, and gives them out. */
function fileParts(
  options: PartOptions,
  parts: { database: Database; whole: Database; store: ArtifactStore },
): Provider[] {
  const { uploadLimitBytes, uploadQuotaBytes, keepAssetsDays } = options;
  const limits = { limitBytes: uploadLimitBytes, quotaBytes: uploadQuotaBytes };
  const keeping = { ...options, ...parts, ...limits, keepDays: keepAssetsDays };
  const downloads = new Downloads(forCallersTenant({ ...options, ...parts }));
  // An address elsewhere may be good for longer than the link that led to it.
  const own = new Downloads(forCallersTenant(parts));
  const links = new SharedLinks(forCallersTenant({ ...parts, downloads: own }));
  return [
    { provide: Downloads, useValue: downloads },
    { provide: SharedLinks, useValue: links },
    { provide: Assets, useValue: new Assets(forCallersTenant(keeping)) },
  ];
}

async function inTime(closing: Promise<unknown>): Promise<void> {
  await Promise.race([closing, sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]);
}
