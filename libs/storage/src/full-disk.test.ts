import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BlobRef } from '@aura/proto';
import { LocalCache } from './local-cache.js';
import { LocalLedger } from './ledger.js';
import { LocalStore } from './local-store.js';

/** A disk of its own, small enough to be filled, that can be made read-only. */
const run = promisify(execFile);
const KEY = 'a'.repeat(64);
let outside: string;
let root: string;
let mounted = false;

beforeAll(async () => {
  outside = await mkdtemp(path.join(tmpdir(), 'aura-full-'));
  root = path.join(outside, 'disk');
  await mkdir(root);
  mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'none', root]).then(
    () => true,
    (error: Error) => {
      process.stdout.write(`full-disk: left out, nothing can be mounted here: ${error.message}\n`);
      return false;
    },
  );
});
afterAll(async () => {
  if (mounted) await run('umount', [root]);
  await rm(outside, { recursive: true, force: true });
});
beforeEach(async () => {
  if (!mounted) return;
  await run('mount', ['-o', 'remount,rw', root]);
  for (const name of await readdir(root)) await rm(path.join(root, name), { recursive: true });
});

/** Every way in which something is written, by the code with which each has to end. */
async function codes(store: LocalStore, big: Uint8Array): Promise<Record<string, string>> {
  const file = path.join(outside, 'made');
  await writeFile(file, big);
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  return {
    putFile: await code(store.putFile(file, 'video/mp4')),
    putBytes: await code(store.putBytes(big, 'video/mp4')),
    putResult: await code(store.putResult(KEY, { text: Buffer.from(big).toString('hex') })),
    scratch: await code(
      store.scratch('v1', 'x').then((made) => writeFile(path.join(made, 'f'), big)),
    ),
    ledger: await code(new LocalLedger(root).write('v1', 'a', Buffer.from(big).toString('hex'))),
  };
}

const halfDone = async () =>
  (await readdir(root, { recursive: true })).filter((name) => /part|[0-9a-f]{64}/.test(name));

test('on a full disk every write says so, and leaves nothing half done', async () => {
  if (!mounted) return;
  const store = new LocalStore(root);
  const told = await codes(store, new Uint8Array(600_000));
  const { scratch, ...others } = told;
  expect(new Set(Object.values(others))).toEqual(new Set(['OutOfDiskSpace']));
  expect(scratch).toBe('ENOSPC'); // what stages write there themselves they name themselves
  await store.releaseScratch('v1');
  expect(await halfDone()).toEqual([]);
  expect(await store.findResult(KEY)).toBeUndefined();
  // With room again all is as if nothing had been.
  const blob = await store.putBytes('small', 'text/plain');
  await store.putResult(KEY, { blob });
  expect(await store.findResult(KEY)).toEqual({ blob });
});

test('on a read-only disk every write says so, and what is there is read on', async () => {
  if (!mounted) return;
  const store = new LocalStore(root);
  const blob = await store.putBytes('there', 'text/plain');
  await store.putResult('b'.repeat(64), { blob });
  await run('mount', ['-o', 'remount,ro', root]);
  const told = await codes(store, new Uint8Array(10));
  expect(new Set(Object.values(told))).toEqual(new Set(['OutputDirectoryNotWritable']));
  await expect(store.claim(KEY, { owner: 'x', ttlMs: 1_000 })).rejects.toMatchObject({
    code: 'OutputDirectoryNotWritable',
  });
  expect(await store.has(blob)).toBe(true);
  expect(await store.statistics()).toMatchObject({ blobs: 1, results: 1 });
  expect(await store.verify({})).toMatchObject({ checked: 1, corrupt: [] });
});

test('copies of a bucket stay within their bounds, but for what is in use, and a full disk keeps none half', async () => {
  if (!mounted) return;
  const blobOf = (content: Uint8Array): BlobRef => ({
    sha256: createHash('sha256').update(content).digest('hex'),
    bytes: content.byteLength,
    mediaType: 'video/mp4',
  });
  const cache = new LocalCache(root, 150_000);
  const contents = [1, 2, 3].map((fill) => new Uint8Array(100_000).fill(fill));
  const copies: string[] = [];
  for (const content of contents) {
    const copy = await cache.have(blobOf(content), async () => Readable.from([content]));
    copies.push(copy ?? '');
    if (copies.length === 1) await utimes(copies[0]!, 1, 1);
  }
  expect((await halfDone()).filter((name) => /[0-9a-f]{64}$/.test(name))).toHaveLength(2);
  const big = new Uint8Array(600_000);
  const filling = cache.have(blobOf(big), async () => Readable.from([big]));
  await expect(filling).rejects.toMatchObject({ code: 'ENOSPC' });
  expect((await halfDone()).some((name) => name.endsWith('.part'))).toBe(false);
  expect(await cache.have(blobOf(big), async () => Readable.from([contents[0]]))).toBeUndefined();
});
