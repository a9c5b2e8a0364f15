import { mkdir, mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { SETTINGS } from '@aura/config';
import {
  freePort,
  migrate,
  removeHome,
  startGateway,
  startPostgres,
  startTemporal,
  startWorker,
  untilHealthy,
} from '@aura/local';
import { openBarrier, type Barrier } from './barrier.js';
import { createPart, type Part } from './part.js';

export interface StackOptions {
  /** One worker per entry: its AURA_STAGES. */
  workers?: string[];
  /** Further settings of the gateway and all workers. */
  env?: NodeJS.ProcessEnv;
  /** Do not wait until it is healthy: something is still to be added. */
  unready?: boolean;
}

/** A whole Aura of its own: real PostgreSQL, Temporal, gateway and workers, all direct children of the test. */
export interface Stack {
  /** AURA_HOME, below the system's temporary folder. */
  readonly home: string;
  readonly url: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string;
  readonly barrier: Barrier;
  readonly postgres: Part;
  readonly temporal: Part;
  readonly gateway: Part;
  readonly workers: Part[];
  /** A worker with these stages, not started. It is stopped with the stack. */
  addWorker(stages: string, env?: NodeJS.ProcessEnv): Part;
  /** A second gateway on a port of its own, not started. */
  addGateway(port: number): Part;
  healthy(withinMs?: number): Promise<void>;
  /** Stops everything, in order, and removes the home. Never fails half-way. */
  stop(): Promise<void>;
}

export const ALL_STAGES = 'workflows,record,script,voice,visuals,compose-cpu';

/** What makes small films quick and deaths of workers noticed soon. */
const QUICK = {
  AURA_HEARTBEAT_TIMEOUT_MS: '2000',
  AURA_ENCODER_PRESET: 'ultrafast',
  AURA_HARDWARE: 'none',
  AURA_DRAIN_MS: '2000',
  AURA_MIN_FREE_DISK_MB: '50',
  AURA_MIN_FREE_MEMORY_MB: '50',
};

export async function startStack({
  workers = [ALL_STAGES],
  env = {},
  unready = false,
}: StackOptions = {}): Promise<Stack> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'aura-tests-'));
  await mkdir(path.join(home, 'logs'));
  const [databasePort, temporalPort, uiPort, gatewayPort] = await freePorts(4);
  const barrier = await openBarrier();
  const temporalAddress = `127.0.0.1:${temporalPort}`;
  let databaseUrl = '';

  const postgres = createPart('PostgreSQL', async () => {
    const settings = { fsync: 'off' };
    const service = await startPostgres({ home, port: databasePort!, settings });
    databaseUrl = service.url;
    return service;
  });
  const temporal = createPart('Temporal', () =>
    startTemporal({ home, port: temporalPort!, uiPort: uiPort! }),
  );
  const settings = (own: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
    ...unset(),
    ...QUICK,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    AURA_CHECKPOINT_URL: barrier.url,
    ...env,
    ...own,
  });
  const addGateway = (port: number) =>
    createPart('Gateway', (own) => startGateway({ home, port, env: settings(own) }));
  const parts: Part[] = [];
  const addWorker = (stages: string, its: NodeJS.ProcessEnv = {}) => {
    const part = createPart(`Worker (${stages})`, (own) =>
      startWorker({
        home,
        drainMs: Number(QUICK.AURA_DRAIN_MS),
        env: settings({ ...its, ...own, AURA_STAGES: stages }),
        logFile: path.join(home, `logs/worker-${stages}.log`),
      }),
    );
    parts.push(part);
    return part;
  };
  const url = `http://127.0.0.1:${gatewayPort}`;
  const gateway = addGateway(gatewayPort!);
  workers.forEach((stages) => addWorker(stages));
  const stack: Stack = {
    home,
    url,
    get databaseUrl() {
      return databaseUrl;
    },
    temporalAddress,
    temporalUiUrl: `http://127.0.0.1:${uiPort}`,
    barrier,
    postgres,
    temporal,
    gateway,
    workers: parts,
    addWorker,
    addGateway,
    healthy: (withinMs) => untilHealthy(url, withinMs),
    stop: async () => {
      barrier.releaseAll();
      await Promise.allSettled(parts.map((part) => part.stop()));
      await Promise.allSettled([gateway.stop(), temporal.stop()]);
      await Promise.allSettled([postgres.stop(), barrier.close()]);
      if (!process.env['AURA_TEST_KEEP']) await removeHome(home);
    },
  };
  try {
    await Promise.all([postgres.start(), temporal.start()]);
    await migrate({ home, databaseUrl });
    await Promise.all([gateway.start(), ...parts.map((part) => part.start())]);
    if (!unready) await stack.healthy();
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** The settings of whoever runs the tests have no say in them, but for those that a start is told by its options. */
function unset(): NodeJS.ProcessEnv {
  const names = Object.keys(SETTINGS).filter((name) => !TOLD.includes(name));
  return Object.fromEntries(names.map((name) => [name, undefined]));
}

const TOLD = ['AURA_HOME', 'AURA_HOST', 'AURA_PORT'];

/** Distinct ones: asked for one after another, the system may name the same port twice. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  for (let tries = 0; ports.size < count && tries < 100; tries += 1) ports.add(await freePort());
  return [...ports];
}
