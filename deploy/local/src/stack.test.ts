import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { loadSettings } from '@aura/config';
import { assertHealthy, untilHealthy } from './gateway.js';
import { freePort } from './ports.js';
import { removeHome } from './postgres-data.js';
import { childrenOf, commandOf } from './processes.js';
import { createStack, type Stack } from './stack.js';

let home: string;
let lines: string[];
let stack: Stack;

beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'aura-stack-'));
});

afterEach(() => stack.stop());

afterAll(() => removeHome(home));

test('everything starts, heals when its parts are killed, and leaves no process when stopped', async () => {
  stack = await create();
  const { gatewayUrl, temporalUiUrl } = await stack.start();
  await assertHealthy(gatewayUrl);
  expect((await fetch(temporalUiUrl!)).status).toBe(200);

  const worker = await childRunning('services/worker/dist/main.js');
  process.kill(worker, 'SIGKILL');
  await until(async () => lines.includes('Worker is back.'));
  const postgres = await childRunning('bin/postgres');
  process.kill(postgres, 'SIGKILL');
  await until(async () => lines.includes('PostgreSQL is back.'));
  await untilHealthy(gatewayUrl);

  const children = await ourChildren();
  expect(children).toHaveLength(4);
  await stack.stop();
  expect(await ourChildren()).toEqual([]);
  await expect(assertHealthy(gatewayUrl)).rejects.toThrow();
}, 240_000);

test('a start that is broken off leaves no process', async () => {
  stack = await create();
  const starting = stack.start();
  starting.catch(() => undefined);
  await until(async () => (await ourChildren()).length > 0);
  await stack.stop();
  await expect(starting).rejects.toThrow('broken off');
  expect(await ourChildren()).toEqual([]);
}, 120_000);

test('a part that cannot start fails the start with its own words, and the others are stopped', async () => {
  stack = await create({ AURA_STAGES: 'workflows,painting' });
  await expect(stack.start()).rejects.toThrow(/AURA_STAGES/);
  await stack.stop();
  expect(await ourChildren()).toEqual([]);
}, 120_000);

async function create(env: NodeJS.ProcessEnv = {}): Promise<Stack> {
  const ports = new Set<number>();
  while (ports.size < 4) ports.add(await freePort());
  const [gateway, temporal, temporalUi, postgres] = [...ports] as [number, number, number, number];
  lines = [];
  return createStack({
    home,
    settings: loadSettings({}),
    drainMs: 1_000,
    ports: { gateway, temporal, temporalUi, postgres },
    env: { AURA_MIN_FREE_MEMORY_MB: '16', AURA_MIN_FREE_DISK_MB: '16', ...env },
    say: (line) => lines.push(line),
  });
}

async function ourChildren(): Promise<number[]> {
  const programs = /services\/(gateway|worker)|temporal server|bin\/postgres|migrate\.mjs/;
  const children = await childrenOf(process.pid);
  const commands = await Promise.all(children.map((pid) => commandOf(pid)));
  return children.filter((_, index) => programs.test(commands[index] ?? ''));
}

async function childRunning(program: string): Promise<number> {
  for (const pid of await ourChildren()) {
    if ((await commandOf(pid))?.includes(program)) return pid;
  }
  throw new Error(`${program} is no child of ours`);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600 && !(await condition()); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!(await condition())) throw new Error(`waited in vain; said so far: ${lines.join(' / ')}`);
}
