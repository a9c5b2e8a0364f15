import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { DATABASE, databaseUrl, openCluster } from './postgres-data.js';
import { postgresPrograms } from './postgres-programs.js';
import { commandOf, endProcess, processesIn } from './processes.js';
import { launch, type Service } from './service.js';

export interface PostgresOptions {
  /** AURA_HOME. As root the data itself lies elsewhere, see postgres-data.ts. */
  home: string;
  port: number;
  logFile?: string;
  /** Server settings, for example `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>;
}

export interface PostgresService extends Service {
  readonly url: string;
}

/**
 * Starts the PostgreSQL of this home on loopback, with an empty database `aura` where there is none yet.
 * What a killed start has left (a running server, a pid file) is cleaned up before.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresService> {
  const home = path.resolve(options.home);
  const programs = await postgresPrograms();
  const { folder, password } = await openCluster(home, programs);
  await endLeftovers(folder);
  const urlOf = (database: string) => databaseUrl(password, options.port, database);
  const service = await launch({
    name: 'PostgreSQL',
    program: programs.postgres,
    args: serverArgs(folder, options),
    env: { PATH: process.env['PATH'], TZ: 'UTC', LC_ALL: 'C' },
    cwd: '/',
    logFile: options.logFile ?? path.join(home, 'logs/postgres.log'),
    user: programs.user,
    stopSignal: 'SIGINT', // "fast": running statements are rolled back
    probe: () => ensureDatabase(urlOf),
  });
  return { ...service, url: urlOf(DATABASE) };
}

function serverArgs(folder: string, { port, settings = {} }: PostgresOptions): string[] {
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    ...settings,
  };
  return [
    '-D',
    folder,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

async function ensureDatabase(urlOf: (database: string) => string): Promise<void> {
  try {
    await query(urlOf(DATABASE), 'SELECT 1');
  } catch (error) {
    if ((error as { code?: string }).code !== '3D000') throw error; // no such database
    await query(urlOf('postgres'), `CREATE DATABASE ${DATABASE}`);
  }
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(sql);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * After our predecessor was killed its server may still run (where the kernel does not end it with its
 * parent), or its pid may since belong to another program, which PostgreSQL takes for a running server.
 */
async function endLeftovers(folder: string): Promise<void> {
  const pidFile = path.join(folder, 'postmaster.pid');
  const pid = Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  if (pid > 0 && (await commandOf(pid))?.includes(folder)) await endServer(pid);
  for (const left of await processesIn(folder)) await endProcess(left, 'SIGKILL', 5_000);
  await rm(pidFile, { force: true });
}

async function endServer(pid: number): Promise<void> {
  if (!(await endProcess(pid, 'SIGINT', 10_000))) await endProcess(pid, 'SIGKILL', 5_000);
}
