import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FilmRequest } from '../setup/command-line.mjs';
import { releaseLock, takeLock } from '../setup/lock.mjs';
import { CHECKOUT } from '../setup/paths.mjs';
import { removeHome } from './postgres-data.js';
import { commandOf } from './processes.js';

const SCRIPT = path.join(CHECKOUT, 'deploy/local/setup/start.mjs');
const { isBuilt } = (await import(path.join(CHECKOUT, 'deploy/local/setup/build.mjs'))) as {
  isBuilt: () => boolean;
};

/** Whatever servers this machine has: here they are not used. */
const OWN_SERVERS = { DATABASE_URL: '', TEMPORAL_ADDRESS: '' };

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'aura-start-'));
});

afterEach(() => removeHome(home));

test('an unknown option is named in one line, with exit code 2', async () => {
  const { code, output } = await ended([SCRIPT, '--frobnicate']);
  expect(code).toBe(2);
  expect(output.trim().split('\n')).toEqual([expect.stringContaining('--frobnicate')]);
});

test('a Node that is too old is told so in one line', async () => {
  const old =
    'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"20.18.3"})';
  const { code, output } = await ended(['--import', old, SCRIPT]);
  expect(code).toBe(1);
  expect(output.trim().split('\n')).toEqual([expect.stringMatching(/20\.19 .* 20\.18\.3/)]);
});

test('a wrong setting stops the start before everything else, with its name and never its value', async () => {
  const folder = await bareCheckout();
  expect(takeLock(path.join(folder, 'dist/setup.lock'))).toBeUndefined();
  await writeFile(path.join(home, 'file'), '');
  const { code, output } = await ended([path.join(folder, 'deploy/local/setup/start.mjs')], {
    AURA_PORT: 'five-thousand',
    AURA_DRAIN_MS: 'soon',
    FFMPEG_PATH: '/nowhere/ffmpeg',
    AURA_HOME: path.join(home, 'file/below'),
  });
  expect(code).toBe(78);
  expect(output.trim().split('\n').slice(1)).toEqual([
    'AURA_PORT: must be a whole number from 1 to 65535',
    'AURA_DRAIN_MS: must be a whole number',
    'AURA_HOME: must be a folder to write to',
    'FFMPEG_PATH: must be a program that can be run',
  ]);
});

test('a start with its data elsewhere makes no .aura in the checkout', async () => {
  const folder = await bareCheckout();
  const npm = path.join(home, 'npm.js');
  await writeFile(npm, 'process.exit(1)');
  const { code, output } = await ended([path.join(folder, 'deploy/local/setup/start.mjs')], {
    npm_execpath: npm,
    AURA_PROT: '5006',
  });
  expect(code).toBe(1);
  expect(output).toContain('AURA_PROT is no setting of Aura');
  expect(output).toContain('Setup failed at npm packages');
  expect(await readdir(folder)).not.toContain('.aura');
  expect(await readdir(path.join(folder, 'dist'))).toEqual([]);
});

test('with a build, all settings are checked at the begin', async () => {
  const { code, output } = await ended([SCRIPT], { AURA_PORT: 'abc', AURA_LOG_LEVEL: 'loud' });
  expect(code).toBe(78);
  expect(output).toContain('AURA_PORT: must be a whole number from 1 to 65535\n');
  if (isBuilt()) expect(output).toContain('AURA_LOG_LEVEL: must be one of');
  expect(output).not.toMatch(/abc|loud|NaN/);
});

test('a second start on the same data is refused in one line that names the first', async () => {
  const lock = path.join(home, 'aura.lock');
  expect(takeLock(lock)).toBeUndefined();
  const { code, output } = await start();
  releaseLock(lock);
  expect(code).toBe(1);
  expect(output.trim().split('\n')).toEqual([expect.stringContaining(`process ${process.pid}`)]);
});

test.each(['AURA_PORT', 'AURA_TEMPORAL_PORT', 'AURA_TEMPORAL_UI_PORT', 'AURA_POSTGRES_PORT'])(
  'a port that was asked for and is in use is named: %s',
  async (name) => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code, output } = await start({ [name]: String(port) });
    server.close();
    expect(code).toBe(1);
    expect(output).toContain(`${name}: port ${port} is in use`);
  },
);

test('a start that is killed or stopped leaves nothing behind, and the next one carries on', async () => {
  const killed = await start(FRUGAL, {
    brief: 'Why the sea is salty',
    acts: [[/Making the film/, (child) => child.kill('SIGKILL')]],
  });
  expect(killed.code).toBeNull();
  await until(async () => (await programsOn(home)).length === 0);

  const carriedOn = await start(FRUGAL);
  expect(carriedOn.output).toContain('Carrying on with a film of an earlier start.');
  const [, file] = /The film is ready \(\d+ s\):\n {2}(\S+\.mp4)/.exec(carriedOn.output)!;
  expect(carriedOn.code).toBe(0);
  expect(await programsOn(home)).toEqual([]);

  await rm(file!); // as if that start had ended just before it copied the film
  const stopped = await start(FRUGAL, {
    brief: 'Why the sky is blue',
    request: { durationMinutes: 0.25 },
    acts: [[/ {2}Composition: /, (child) => child.kill('SIGINT')]],
  });
  expect(stopped.output).toContain(`A film of an earlier start is ready: ${file}\n`);
  expect(stopped.output).toMatch(/Stopping;[^]*the worker puts its work down/);
  expect(stopped.code).toBe(130);
  expect(stopped.endedMs).toBeLessThan(15_000);
  expect(await programsOn(home)).toEqual([]);
  expect(await unfinishedFiles()).toEqual([]);
}, 240_000);

const inFull = process.env['AURA_TEST_SCALE'] === 'long' ? test : test.skip;
inFull(
  'a start that is stopped a second time, with `npm run test:long`, waits for nothing, and leaves nothing',
  async () => {
    const stopped = await start(FRUGAL, {
      brief: 'Why the sea is salty',
      acts: [
        [/Making the film/, (child) => child.kill('SIGINT')],
        [/the worker puts/, (child) => void setTimeout(() => child.kill('SIGINT'), 600)],
      ],
    });
    expect(stopped.code).toBe(130);
    expect(stopped.output).not.toContain('stopping PostgreSQL');
    await until(async () => (await programsOn(home)).length === 0);
  },
  120_000,
);

/** What any machine that runs tests has, and quick films. */
const FRUGAL = {
  AURA_ENCODER_PRESET: 'ultrafast',
  AURA_MIN_FREE_DISK_MB: '16',
  AURA_MIN_FREE_MEMORY_MB: '16',
};

/** A fresh clone, as far as the setup looks at it before it has done anything. */
async function bareCheckout(): Promise<string> {
  const folder = path.join(home, 'checkout');
  const files = ['.env.example', 'package.json', 'tsconfig.json', 'tsconfig.base.json'];
  const folders = ['setup', 's3-server', 'temporal-cli'].map((name) => `deploy/local/${name}`);
  for (const name of [...files, ...folders]) {
    await cp(path.join(CHECKOUT, name), path.join(folder, name), { recursive: true });
  }
  return folder;
}

/** Processes that name this home on their command line or in their environment. */
async function programsOn(folder: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const texts = await Promise.all(
    pids.map(async (pid) => [
      await commandOf(pid),
      await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''),
    ]),
  );
  return pids.filter((_, index) => texts[index]!.some((text) => text?.includes(folder)));
}

async function unfinishedFiles(): Promise<string[]> {
  const names = await readdir(path.join(home, 'artifacts'), { recursive: true });
  return names.filter((name) => /^(scratch|claims)\/|\.part$/.test(name));
}

interface Asked {
  brief?: string;
  request?: FilmRequest;
  /** What is done when this is said for the first time. */
  acts?: [RegExp, (child: ChildProcess) => void][];
}

/** The start as it goes on after the setup. */
function start(env: NodeJS.ProcessEnv = {}, { brief, request, acts }: Asked = {}): Promise<Ended> {
  const built = pathToFileURL(path.join(CHECKOUT, 'deploy/local/dist/start.js')).href;
  const small = { durationMinutes: 0.1, options: { quality: 'draft' }, ...request };
  const script = `const { start } = await import(${JSON.stringify(built)});
    await start(${JSON.stringify({ once: true, help: false, brief, request: small })});`;
  return ended(['--input-type=module', '-e', script], env, acts);
}

interface Ended {
  code: number | null;
  output: string;
  /** How long it ran after the last act. */
  endedMs: number;
}

async function ended(
  args: string[],
  env: NodeJS.ProcessEnv = {},
  acts: Asked['acts'] = [],
): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...OWN_SERVERS, NODE_OPTIONS: '', AURA_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const waiting = [...acts];
  let output = '';
  let actedAt = Date.now();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (!waiting[0]?.[0].test(output)) return;
      actedAt = Date.now();
      waiting.shift()![1](child);
    });
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output, endedMs: Date.now() - actedAt };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200 && !(await condition()); tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await condition()).toBe(true);
}
