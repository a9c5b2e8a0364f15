import path from 'node:path';
import { CHECKOUT } from '../setup/paths.mjs';
import { inheritedEnv } from './gateway.js';
import { launch, type Service } from './service.js';

export interface WorkerOptions {
  /** AURA_HOME. */
  home: string;
  /** Further settings, above all DATABASE_URL, TEMPORAL_ADDRESS and AURA_STAGES. Undefined takes one away. */
  env?: NodeJS.ProcessEnv;
  logFile?: string;
  /** How long running work gets when the worker is stopped; AURA_DRAIN_MS of the worker. */
  drainMs?: number;
  /** Throws while it is not ready. */
  probe?: (pid: number) => Promise<void>;
}

const AFTER_DRAIN_MS = 10_000;

/**
 * Starts a worker. Without a `probe`, `ready` says only that it runs; that it serves its queues is seen by
 * a gateway, see `assertHealthy`.
 */
export async function startWorker(options: WorkerOptions): Promise<Service> {
  const home = path.resolve(options.home);
  const drainMs = options.drainMs ?? 20_000;
  return launch({
    name: 'Worker',
    program: process.execPath,
    args: [path.join(CHECKOUT, 'services/worker/dist/main.js')],
    env: {
      ...inheritedEnv(),
      AURA_HOME: home,
      AURA_DRAIN_MS: String(drainMs),
      ...options.env,
    },
    cwd: CHECKOUT,
    logFile: options.logFile ?? path.join(home, 'logs/worker.log'),
    stopWithinMs: drainMs + AFTER_DRAIN_MS,
    probe: options.probe ?? (async () => undefined),
  });
}
