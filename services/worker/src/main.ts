import { hostname } from 'node:os';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { loadSettings, secretsIn, SettingsError, type Settings } from '@aura/config';
import { createDatabase, SlowQueries, type Database, type SlowQuery } from '@aura/database';
import { CallJournal, createVendors } from '@aura/provider';
import { openStore } from '@aura/storage';
import { createLog, type Log } from '@aura/telemetry';
import { listenToCheckpoints } from '@aura/work';
import { attemptsInterceptor } from './attempts.js';
import { httpCheckpoints } from './checkpoint-listener.js';
import { JobLines } from './job-log/job-lines.js';
import { startKeepingLines } from './job-log/keep-lines.js';
import { pricesIn, proxiesIn, timeoutsIn } from './provider-settings.js';
import { startPublishing } from './publish.js';
import { quietRuntime } from './quiet-runtime.js';
import { createQueueWorker } from './queues.js';
import { createStages, stagesIn } from './stages.js';
import { keepingPace, storeSettings } from './own-settings.js';

/** What killed workers have left behind is swept at a start, as soon as it is so old that it surely belongs to nobody. */
const LEFTOVERS_AFTER_MS = 6 * 60 * 60_000;

/** EX_CONFIG: starting again without another setting changes nothing. */
const WRONG_SETTINGS = 78;

try {
  const settings = loadSettings(process.env);
  await main(settings);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(WRONG_SETTINGS);
}

/** Closes what has been opened, the last first, however serving ends. */
async function main(settings: Settings): Promise<void> {
  const lines = new JobLines();
  const secrets = secretsIn(settings);
  const log = createLog('worker', settings.AURA_LOG_LEVEL, { also: lines, secrets });
  const closing: (() => Promise<unknown>)[] = [];
  try {
    await serve(settings, { log, lines }, (close) => closing.unshift(close));
  } finally {
    for (const close of closing) {
      await close().catch((error: unknown) => log.warn({ err: error }, 'not closed'));
    }
  }
}

/**
 * Serves the queues of AURA_STAGES until it is asked to stop, then drains. What a setting can be wrong in
 * is found before anything is waited for.
 */
async function serve(
  settings: Settings,
  { log, lines }: { log: Log; lines: JobLines },
  atEnd: (close: () => Promise<unknown>) => void,
): Promise<void> {
  const names = stagesIn(settings.AURA_STAGES);
  const database = names.includes('record') ? databaseOf(settings, log) : undefined;
  if (database) atEnd(() => database.$disconnect());
  const address = settings.TEMPORAL_ADDRESS ?? `127.0.0.1:${settings.AURA_TEMPORAL_PORT}`;
  const client = new Client({
    connection: Connection.lazy({ address }),
    namespace: settings.TEMPORAL_NAMESPACE,
  });
  atEnd(() => client.connection.close());
  const { store, ledger } = await openStore(storeSettings(settings));
  const journal = new CallJournal(ledger);
  const prices = pricesIn(settings);
  const proxy = proxiesIn(settings);
  const vendors = createVendors({ timeouts: timeoutsIn(settings), journal, prices, proxy });
  atEnd(() => vendors.close());
  const stages = await createStages(names, {
    settings,
    store,
    temporal: client,
    vendors,
    prices,
    journal,
    database,
  });

  quietRuntime(log);
  if (settings.AURA_CHECKPOINT_URL)
    listenToCheckpoints(httpCheckpoints(settings.AURA_CHECKPOINT_URL));
  const connection = await reached(() => NativeConnection.connect({ address }), log);
  atEnd(() => connection.close());
  log.info(await store.sweep({ olderThanMs: LEFTOVERS_AFTER_MS }), 'leftovers swept');
  const interceptor = attemptsInterceptor(log);
  const workers = await Promise.all(
    stages.map(({ name, activities }) =>
      createQueueWorker({ stage: name, connection, settings, activities, interceptor }),
    ),
  );
  const record = stages.find(({ name }) => name === 'record');
  const keeping = startKeepingLines({ lines, client, record, log });
  atEnd(() => keeping.stop());
  const workerId = `${hostname()}-${process.pid}`;
  atEnd(async () => log.info({ workerId }, 'worker stopped'));
  const house = { store, journal, ledger, temporal: client, log, pace: keepingPace(settings) };
  const archiver = database && (await import('@aura/record')).startArchiver({ ...house, database });
  if (archiver) atEnd(() => archiver.stop());
  const publishing = startPublishing({ workerId, stages, settings, store, client, record, log });
  atEnd(() => publishing.stop());

  const stop = () =>
    workers.forEach((worker) => worker.getState() === 'RUNNING' && worker.shutdown());
  process.once('SIGTERM', stop).once('SIGINT', stop);
  log.info({ workerId, stages: names }, 'worker ready');
  await allSettled(workers.map((worker) => worker.run().finally(stop)));
}

function databaseOf(
  { DATABASE_URL: url, AURA_SLOW_QUERY_MS: slowQueryMs }: Settings,
  log: Log,
): Database {
  if (!url) throw new SettingsError('DATABASE_URL: is needed by a worker with the stage record');
  try {
    const tell = (query: SlowQuery) => log.warn(query, 'slow query');
    return createDatabase(url, { slowQueries: new SlowQueries(slowQueryMs, tell) });
  } catch {
    throw new SettingsError('DATABASE_URL: must be postgresql://user:password@host:port/database');
  }
}

/** Waits for all of them, so that the others may drain, then throws the first failure. */
async function allSettled(runs: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(runs);
  await Promise.all(runs);
}

/** Temporal may come up after its workers, or be away for a while: they wait for it. */
async function reached<T>(connect: () => Promise<T>, log: Log): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await connect();
    } catch (error) {
      if (tries % 30 === 0) log.warn({ err: error }, 'waiting for Temporal');
      await new Promise((resolve) => setTimeout(resolve, Math.min(2_000, 200 * (tries + 1))));
    }
  }
}
