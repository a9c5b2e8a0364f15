import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { releaseLock, takeLock } from '../setup/lock.mjs';
import { CHECKOUT } from '../setup/paths.mjs';

const SCRIPT = path.join(CHECKOUT, 'deploy/local/setup/start.mjs');

let home: string;

beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'aura-start-'));
});

afterEach(() => rm(home, { recursive: true }));

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

test('a wrong setting stops the start with its name, and never its value', async () => {
  const { code, output } = await start({ AURA_PORT: 'five-thousand' });
  expect(code).toBe(78);
  expect(output).toContain('AURA_PORT');
  expect(output).not.toContain('five-thousand');
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

/** The start as it goes on after the setup. */
function start(env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const built = pathToFileURL(path.join(CHECKOUT, 'deploy/local/dist/start.js')).href;
  const script = `const { start } = await import(${JSON.stringify(built)});
    await start({ once: true, help: false, request: {} });`;
  return ended(['--input-type=module', '-e', script], env);
}

interface Ended {
  code: number | null;
  output: string;
}

async function ended(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_OPTIONS: '', AURA_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
