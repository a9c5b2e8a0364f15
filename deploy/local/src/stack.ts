import type { Settings } from '@aura/config';
import type { Ports } from './choose-ports.js';
import { assertReported } from './database-view.js';
import { assertHealthy, gatewayUrl, startGateway } from './gateway.js';
import { migrate } from './migrate.js';
import { noteChild } from './orphans.js';
import { startPostgres } from './postgres.js';
import { requestLogin } from './request-login.js';
import { StackError, type Service } from './service.js';
import { supervise, type Supervised } from './supervise.js';
import { untilNamespace } from './temporal-namespace.js';
import { startTemporal } from './temporal.js';
import { startWorker } from './worker.js';

export interface StackOptions {
  /** AURA_HOME, absolute. */
  home: string;
  settings: Settings;
  ports: Ports;
  /** What gateway and worker get beside the addresses. */
  env: NodeJS.ProcessEnv;
  /** How long running work gets when the stack is stopped; then it is broken off, for the next start. */
  drainMs: number;
  say: (line: string) => void;
}

export interface Stack {
  /** Resolves when everything works together. Rejects with a StackError, or when it is stopped meanwhile. */
  start(): Promise<StackAddresses>;
  /** Stops everything in order: gateway and worker (running work is drained), Temporal, PostgreSQL. `tell` hears of each. */
  stop(tell?: (line: string) => void): Promise<void>;
  /** Kills everything at once. */
  kill(): void;
}

export interface StackAddresses {
  gatewayUrl: string;
  databaseUrl: string;
  /** Undefined for a Temporal server that is not ours. */
  temporalUiUrl?: string;
}

const REACHED_WITHIN_MS = 20_000;
/** After the drain. A gateway that is killed loses nothing but the downloads that go on. */
const CLOSE_WITHIN_MS = 1_500;

/** The whole of Aura on this machine. Servers that the settings name are used and neither started nor stopped. */
export function createStack(options: StackOptions): Stack {
  const { home, settings, ports, env, drainMs, say } = options;
  const running: Supervised[] = [];
  const stopping = new AbortController();
  let started: Promise<unknown> = Promise.resolve();
  let stopped: Promise<void> | undefined;

  const run: Run = async (begin) => {
    const noted = async () => noteChild(home, await begin());
    const part = await supervise(noted, { say, signal: stopping.signal });
    running.push(part);
    return part.current();
  };

  const start = async (): Promise<StackAddresses> => {
    const [{ databaseUrl, ofRequests }, engine] = await both(
      stopping,
      startDatabase(options, run),
      startEngine(options, run),
    );
    const own = {
      ...env,
      AURA_DRAIN_MS: String(drainMs),
      DATABASE_URL: databaseUrl,
      ...(ofRequests ? { AURA_REQUESTS_DATABASE_URL: ofRequests } : {}),
      TEMPORAL_ADDRESS: engine.address,
    };
    const url = gatewayUrl(settings.AURA_HOST, ports.gateway);
    const probe = async (pid: number) => {
      await assertHealthy(url);
      await assertReported(databaseUrl, pid);
    };
    const stopWithinMs = drainMs + CLOSE_WITHIN_MS;
    const gateway = { home, host: settings.AURA_HOST, port: ports.gateway, stopWithinMs };
    await both(
      stopping,
      run(() => startGateway({ ...gateway, env: own })),
      run(() => startWorker({ home, env: own, drainMs, probe })),
    );
    return { gatewayUrl: url, databaseUrl, temporalUiUrl: engine.uiUrl };
  };

  return {
    start: () => {
      const starting = start();
      started = starting;
      return starting;
    },
    stop: (tell) => {
      stopping.abort(new StackError('The start was broken off.'));
      stopped ??= Promise.allSettled([started]).then(() => stopAll(running, tell));
      return stopped;
    },
    kill: () => {
      for (const part of running) killGroup(part.current().pid);
    },
  };
}

/** In this order. Gateway and worker do not need each other. */
const STOPS = [
  { names: ['Gateway', 'Worker'], words: 'the worker puts its work down' },
  { names: ['Temporal'], words: 'stopping Temporal' },
  { names: ['PostgreSQL'], words: 'stopping PostgreSQL' },
];

async function stopAll(running: Supervised[], tell?: (line: string) => void): Promise<void> {
  for (const { names, words } of STOPS) {
    const parts = running.filter((part) => names.includes(part.current().name));
    if (parts.length > 0) tell?.(`  ${words} …`);
    await Promise.all(parts.map((part) => part.stop()));
  }
}

/** Both at once. The failure of one ends the start of the other, and is thrown when both are settled. */
async function both<A, B>(
  stopping: AbortController,
  one: Promise<A>,
  other: Promise<B>,
): Promise<[A, B]> {
  try {
    return await Promise.all([one, other]);
  } catch (error) {
    stopping.abort(error);
    await Promise.allSettled([one, other]);
    throw error;
  }
}

/** Starts a service under supervision. */
type Run = <S extends Service>(begin: () => Promise<S>) => Promise<S>;

/** The address of the database, and, where the server is ours, the one that requests are answered by. */
async function startDatabase(
  { home, settings, ports }: StackOptions,
  run: Run,
): Promise<{ databaseUrl: string; ofRequests?: string }> {
  const { DATABASE_URL: given } = settings;
  const databaseUrl = given ?? (await run(() => startPostgres({ home, port: ports.postgres }))).url;
  await migrate({ home, databaseUrl });
  return given ? { databaseUrl } : { databaseUrl, ofRequests: await requestLogin(databaseUrl) };
}

async function startEngine(
  { home, settings, ports }: StackOptions,
  run: Run,
): Promise<{ address: string; uiUrl?: string }> {
  const { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace } = settings;
  if (address) {
    const server = { address, namespace, owned: false };
    await untilNamespace(server, REACHED_WITHIN_MS).catch((cause: Error) => {
      throw new StackError(`TEMPORAL_ADDRESS: ${cause.message}`, { cause });
    });
    return { address };
  }
  const { temporal: port, temporalUi: uiPort } = ports;
  const engine = await run(() => startTemporal({ home, port, uiPort, namespace }));
  return { address: engine.address, uiUrl: `${engine.uiUrl}/namespaces/${namespace}/workflows` };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}
