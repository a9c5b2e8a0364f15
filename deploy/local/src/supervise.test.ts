import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { commandOf } from './processes.js';
import { launch, StackError, type Service } from './service.js';
import { supervise } from './supervise.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'aura-supervise-'));
const signal = new AbortController().signal;

afterAll(() => rmSync(folder, { recursive: true }));

test('a service that dies is started again and said to be back; once stopped it stays away', async () => {
  const lines: string[] = [];
  const part = await supervise(() => start('setInterval(() => {}, 1000)'), {
    say: (line) => lines.push(line),
    signal,
  });
  const first = part.current();
  process.kill(first.pid, 'SIGKILL');
  for (let tries = 0; tries < 100 && part.current() === first; tries += 1) await pause(50);
  const second = part.current();
  expect(second.pid).not.toBe(first.pid);
  await second.ready;
  await part.stop();
  expect(await commandOf(second.pid)).toBeUndefined();
  expect(lines).toEqual([expect.stringContaining('signal SIGKILL'), 'Test is back.']);
});

test('a service that cannot start fails the start, with its last words', async () => {
  const script = 'console.error("the reason"); process.exit(3)';
  const starting = supervise(() => start(script, Infinity), { say: () => undefined, signal });
  await expect(starting).rejects.toThrow(StackError);
  await expect(starting).rejects.toThrow(/exit code 3[^]*the reason/);
});

test('a start that is broken off leaves no process', async () => {
  const stopping = new AbortController();
  let service: Service | undefined;
  const slow = async () => (service = await start('setInterval(() => {}, 1000)', Infinity));
  const starting = supervise(slow, { say: () => undefined, signal: stopping.signal });
  setTimeout(() => stopping.abort(new Error('enough')), 300);
  await expect(starting).rejects.toThrow('enough');
  expect(await commandOf(service!.pid)).toBeUndefined();
});

test('a service that does not end when asked is killed', async () => {
  const stubborn = await start('process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)', 1);
  await pause(300);
  await stubborn.stop();
  expect(await stubborn.exited).toEqual({ code: null, signal: 'SIGKILL' });
});

/** A program of one line; it answers from the `readyAt`-th question on. */
function start(script: string, readyAt = 1): Promise<Service> {
  let asked = 0;
  return launch({
    name: 'Test',
    program: process.execPath,
    args: ['-e', script],
    env: { PATH: process.env['PATH'] },
    cwd: folder,
    logFile: path.join(folder, 'test.log'),
    stopWithinMs: 300,
    probe: async () => {
      asked += 1;
      if (asked < readyAt) throw new Error('not yet');
    },
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
