import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { launch, type Service } from './service.js';
import { ensureNamespace } from './temporal-namespace.js';
import { temporalProgram } from './temporal-program.js';

export interface TemporalOptions {
  /** AURA_HOME. */
  home: string;
  port: number;
  uiPort: number;
  namespace?: string;
  logFile?: string;
  /** The Temporal CLI; found by itself where it is not given. */
  program?: string;
}

export interface TemporalService extends Service {
  readonly address: string;
  readonly uiUrl: string;
}

/** One partition per queue lets scenes begin in their order; fairness lets tenants share a queue. */
const SERVER_SETTINGS = {
  'matching.enableFairness': true,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
};

/**
 * Starts the Temporal server of this home, with its Web UI, on loopback. It is ready when the namespace
 * is there with its retention and its search attributes.
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalService> {
  const home = path.resolve(options.home);
  const namespace = options.namespace ?? 'aura';
  const address = `127.0.0.1:${options.port}`;
  const file = path.join(home, 'temporal/temporal.db');
  await mkdir(path.dirname(file), { recursive: true });
  const service = await launch({
    name: 'Temporal',
    program: options.program ?? (await temporalProgram()),
    args: serverArgs(options, namespace, file),
    env: { PATH: process.env['PATH'], HOME: home, TZ: 'UTC' },
    cwd: home,
    logFile: options.logFile ?? path.join(home, 'logs/temporal.log'),
    probe: () => ensureNamespace({ address, namespace, owned: true }),
  });
  return { ...service, address, uiUrl: `http://127.0.0.1:${options.uiPort}` };
}

function serverArgs(options: TemporalOptions, namespace: string, file: string): string[] {
  const flags = {
    '--ip': '127.0.0.1',
    '--port': String(options.port),
    '--ui-port': String(options.uiPort),
    '--db-filename': file,
    '--namespace': namespace,
  };
  const settings = Object.entries(SERVER_SETTINGS).flatMap(([name, value]) => [
    '--dynamic-config-value',
    `${name}=${value}`,
  ]);
  const command = ['server', 'start-dev', '--ui-disable-news-fetch'];
  return [...command, ...Object.entries(flags).flat(), ...settings];
}
