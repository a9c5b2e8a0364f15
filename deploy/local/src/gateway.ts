import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isProviderCredential } from '@aura/config';
import { CHECKOUT } from '../setup/paths.mjs';
import { launch, StackError, type Service } from './service.js';

export interface GatewayOptions {
  /** AURA_HOME. */
  home: string;
  port: number;
  host?: string;
  /** Further settings, above all DATABASE_URL and TEMPORAL_ADDRESS. Undefined takes one away. */
  env?: NodeJS.ProcessEnv;
  logFile?: string;
  /** How long it may take to end when it is stopped. */
  stopWithinMs?: number;
}

export interface GatewayService extends Service {
  /** Without a slash at the end. */
  readonly url: string;
}

/** Starts a gateway. It is ready when `/health/ready` answers, be the answer good or bad: see `untilHealthy`. */
export async function startGateway(options: GatewayOptions): Promise<GatewayService> {
  const home = path.resolve(options.home);
  const host = options.host ?? '127.0.0.1';
  const url = gatewayUrl(host, options.port);
  const service = await launch({
    name: 'Gateway',
    program: process.execPath,
    args: [path.join(CHECKOUT, 'services/gateway/dist/main.js')],
    env: withoutCredentials({
      ...inheritedEnv(),
      AURA_HOME: home,
      AURA_HOST: host,
      AURA_PORT: String(options.port),
      ...options.env,
    }),
    cwd: CHECKOUT,
    logFile: options.logFile ?? path.join(home, 'logs/gateway.log'),
    stopWithinMs: options.stopWithinMs,
    probe: async () => void (await health(url)),
  });
  return { ...service, url };
}

/** Waits until `assertHealthy` is content; throws its StackError when that takes too long. */
export async function untilHealthy(url: string, withinMs = 60_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await assertHealthy(url);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(100);
  }
}

/**
 * Throws a StackError that names the checks which fail, unless `/health/ready` says 200: then the
 * database, Temporal and a worker are there.
 */
export async function assertHealthy(url: string): Promise<void> {
  const response = await health(url).catch((cause: Error) => {
    throw new StackError('the gateway does not answer', { cause });
  });
  if (!response.ok) throw new StackError(failing(await response.json().catch(() => ({}))));
}

function health(url: string): Promise<Response> {
  return fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
}

function failing(body: unknown): string {
  const { checks = {}, details = {} } = body as Record<string, Record<string, string>>;
  const bad = Object.entries(checks).filter(([, value]) => value !== 'Healthy');
  return bad.map(([name]) => `${name}: ${details[name]}`).join(', ') || 'the gateway is not ready';
}

function withoutCredentials(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isProviderCredential(name)));
}

/** The address under which we reach a gateway, also one that listens everywhere. */
export function gatewayUrl(host: string, port: number): string {
  const isAny = host === '0.0.0.0' || host === '::';
  const name = isAny ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

/** What a child gets from our own environment: all but the switches of the Node that runs us, such as those of a debugger. */
export function inheritedEnv(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return env;
}
