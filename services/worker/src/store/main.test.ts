import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blobPlace, LocalStore } from '@aura/storage';

const MAIN = path.resolve(import.meta.dirname, '../../dist/store/main.js');

let home: string;
let store: LocalStore;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'aura-store-command-'));
  store = new LocalStore(path.join(home, 'artifacts'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { PATH: process.env['PATH'], AURA_HOME: home };
  return promisify(execFile)(process.execPath, [MAIN, ...args], { env, timeout: 30_000 }).then(
    (done) => ({ code: 0, ...done }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
}

test('the store is counted and read through, and what is damaged is told and removed', async () => {
  const blob = await store.putBytes('the film', 'video/mp4');
  await store.putResult('a'.repeat(64), { blob });
  expect(await run('stats')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 blobs/) });
  expect(await run('verify')).toMatchObject({ code: 0 });
  await writeFile(path.join(home, 'artifacts', blobPlace(blob.sha256)), 'tHe film');
  const found = await run('verify');
  expect(found).toMatchObject({ code: 1, stdout: expect.stringContaining(blob.sha256) });
  expect(await store.has(blob)).toBe(false);
});

test.each([[[]], [['clear']], [['clear', '0']], [['stats', 'now']]])(
  'a wrong call says what would be right: %j',
  async (args) => {
    expect(await run(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage') });
  },
);

test('nothing is cleared without the database, which knows what jobs need', async () => {
  expect(await run('clear', '7')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('DATABASE_URL'),
  });
});
