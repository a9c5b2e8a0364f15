import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { holderOf, identityOf, releaseLock, takeLock } from '../setup/lock.mjs';
import { CHECKOUT } from '../setup/paths.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'aura-lock-'));
const file = path.join(folder, 'lock');

afterAll(() => rmSync(folder, { recursive: true }));

test('a lock is held until it is given back', () => {
  expect(takeLock(file)).toBeUndefined();
  expect(takeLock(file)).toEqual({ pid: process.pid });
  releaseLock(file);
  expect(takeLock(file)).toBeUndefined();
  releaseLock(file);
});

test('a pid that was given to another program holds nothing', () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, since: 'another boot/1' }));
  expect(holderOf(file)).toBeUndefined();
  expect(takeLock(file)).toBeUndefined();
  releaseLock(file);
});

test('a damaged lock holds nothing', () => {
  writeFileSync(file, '{"pid":');
  expect(takeLock(file)).toBeUndefined();
  releaseLock(file);
});

test('of many that find a dead lock, one gets it', async () => {
  const dead = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(dead, 'spawn');
  writeFileSync(file, JSON.stringify({ pid: dead.pid, since: identityOf(dead.pid!) }));
  dead.kill('SIGKILL');
  await once(dead, 'exit');

  const script = `
    const { takeLock } = await import(${JSON.stringify(`${CHECKOUT}/deploy/local/setup/lock.mjs`)});
    console.log(takeLock(${JSON.stringify(file)}) ? 'refused' : 'taken');
    await new Promise((resolve) => process.stdin.once('data', resolve));`;
  const racers = Array.from({ length: 8 }, () =>
    spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
  );
  const answers = await Promise.all(
    racers.map(async ({ stdout }) => String((await once(stdout, 'data'))[0]).trim()),
  );
  for (const { stdin } of racers) stdin.end('\n');
  await Promise.all(racers.map((racer) => once(racer, 'exit')));
  expect(answers.filter((answer) => answer === 'taken')).toHaveLength(1);
});
