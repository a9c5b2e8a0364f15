import { hostname } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import {
  DefaultLogger,
  NativeConnection,
  Runtime,
  makeTelemetryFilterString,
} from '@temporalio/worker';
import { loadSettings, SettingsError, type Settings } from '@aura/config';
import { createDatabase } from '@aura/database';
import { startArchiver } from '@aura/record';
import { LocalStore } from '@aura/storage';
import { createLog, type Log } from '@aura/telemetry';
import { listenToCheckpoints } from '@aura/work';
import { attemptsInterceptor } from './attempts.js';
import { httpCheckpoints } from './checkpoint-listener.js';
import { startPublishing } from './publish.js';
import { createQueueWorker } from './queues.js';
import { createStage, stagesIn } from './stages.js';

/** What a killed worker has left behind is swept at the next start, when it surely belongs to nobody. */
const LEFTOVERS_AFTER_MS = 6 * 60 * 60_000;

try {
  const settings = loadSettings(process.env);
  await main(settings, createLog('worker', settings.AURA_LOG_LEVEL));
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 78;
}

/** Serves the queues of AURA_STAGES until it is asked to stop; then drains, and leaves nothing open. */
async function main(settings: Settings, log: Log): Promise<void> {
  const names = stagesIn(settings.AURA_STAGES);
  if (names.includes('record') && !settings.DATABASE_URL) {
    throw new SettingsError('DATABASE_URL: is needed by a worker with the stage record');
  }
  const workerId = `${hostname()}-${process.pid}`;
  quietRuntime(log);
  if (settings.AURA_CHECKPOINT_URL)
    listenToCheckpoints(httpCheckpoints(settings.AURA_CHECKPOINT_URL));

  const address = settings.TEMPORAL_ADDRESS ?? `127.0.0.1:${settings.AURA_TEMPORAL_PORT}`;
  const connection = await reached(() => NativeConnection.connect({ address }), log);
  const client = new Client({
    connection: Connection.lazy({ address }),
    namespace: settings.TEMPORAL_NAMESPACE,
  });
  const url = settings.DATABASE_URL;
  const database = names.includes('record') && url ? createDatabase(url) : undefined;

  const store = new LocalStore(path.join(settings.AURA_HOME, 'artifacts'));
  log.info(await store.sweep({ olderThanMs: LEFTOVERS_AFTER_MS }), 'leftovers swept');
  const stages = names.map((name) => ({
    name,
    ...createStage(name, { settings, store, temporal: client, database }),
  }));
  const interceptor = attemptsInterceptor(log);
  const workers = await Promise.all(
    stages.map(({ name, activities }) =>
      createQueueWorker({ stage: name, connection, settings, activities, interceptor }),
    ),
  );
  const record = stages.find(({ name }) => name === 'record');
  const publishing = startPublishing({ workerId, stages, settings, client, record, log });
  const archiver = database && startArchiver({ database, store, temporal: client, log });

  const stop = () =>
    workers.forEach((worker) => worker.getState() === 'RUNNING' && worker.shutdown());
  process.once('SIGTERM', stop).once('SIGINT', stop);
  log.info({ workerId, stages: names }, 'worker ready');
  try {
    await allSettled(workers.map((worker) => worker.run().finally(stop)));
  } finally {
    await publishing.stop();
    await archiver?.stop();
    await client.connection.close();
    await connection.close();
    await database?.$disconnect();
    log.info({ workerId }, 'worker stopped');
  }
}

/** Waits for all of them, so that the others may drain, then throws the first failure. */
async function allSettled(runs: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(runs);
  await Promise.all(runs);
}

function quietRuntime(log: Log): void {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      const write = level === 'ERROR' ? log.error : log.warn;
      write.call(log, { temporal: meta }, message);
    }),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'WARN' }) },
    },
  });
}

/** Temporal may come up after its workers, or be away for a while: they wait for it. */
async function reached<T>(connect: () => Promise<T>, log: Log): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await connect();
    } catch (error) {
      if (tries % 30 === 0) log.warn({ error: String(error) }, 'waiting for Temporal');
      await new Promise((resolve) => setTimeout(resolve, Math.min(2_000, 200 * (tries + 1))));
    }
  }
}
