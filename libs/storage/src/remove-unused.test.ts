import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BlobRef } from '@aura/proto';
import { LocalStore } from './local-store.js';
import type { UnusedRequest } from './remove-unused.js';

const DAY_MS = 24 * 3_600_000;
const LONG_AGO = new Date(Date.now() - 10 * DAY_MS);
/** A day from now everything that is there now is old. */
const LATER_MS = Date.now() + DAY_MS;
const [OLD, NEW] = ['a'.repeat(64), 'b'.repeat(64)];
const nobody: UnusedRequest['inUse'] = async () => new Set();

let root: string;
let store: LocalStore;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-unused-'));
  store = new LocalStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const blobOf = (text: string) => store.putBytes(text, 'text/plain');
const resultFile = (key: string) => path.join(root, 'results', key.slice(0, 2), `${key}.json`);
const remove = (beforeMs: number, inUse = nobody, atMost = 100) =>
  store.removeUnused({ beforeMs, inUse, atMost });
const left = async (...blobs: BlobRef[]) => Promise.all(blobs.map((blob) => store.has(blob)));

test('results go when nobody has found them for long, their blobs the next time, what others name stays', async () => {
  const [alone, shared, named] = [
    await blobOf('alone'),
    await blobOf('shared'),
    await blobOf('film'),
  ];
  await store.putResult(OLD, { one: alone, deep: [{ two: shared }], film: named });
  await store.putResult(NEW, { shared });
  await utimes(resultFile(OLD), LONG_AGO, LONG_AGO);
  const inUse = async (asked: string[]) => new Set(asked.filter((one) => one === named.sha256));
  expect(await remove(Date.now() - DAY_MS, inUse)).toEqual({ results: 1, blobs: 0 });
  await utimes(resultFile(NEW), new Date(LATER_MS + 1_000), new Date(LATER_MS + 1_000));
  expect(await remove(LATER_MS, inUse)).toEqual({ results: 0, blobs: 1 });
  expect(await left(alone, shared, named)).toEqual([false, true, true]);
  expect(await store.findResult(NEW)).toEqual({ shared });
});

test('a result that is found is in use from then on', async () => {
  await store.putResult(OLD, { blob: await blobOf('found again') });
  await utimes(resultFile(OLD), LONG_AGO, LONG_AGO);
  expect(await store.findResult(OLD)).toBeDefined();
  expect(await remove(Date.now() - DAY_MS)).toEqual({ results: 0, blobs: 0 });
  expect(await store.findResult(OLD)).toBeDefined();
});

test('a blob that is published again is in use from then on', async () => {
  const blob = await blobOf('made twice');
  const before = Date.now() + 20;
  await new Promise((resolve) => setTimeout(resolve, 40));
  await blobOf('made twice');
  expect(await remove(before)).toEqual({ results: 0, blobs: 0 });
  expect(await left(blob)).toEqual([true]);
});

test('no more goes at once than is asked for, and nothing that is young', async () => {
  const blobs = await Promise.all(['1', '2', '3', '4', '5'].map(blobOf));
  expect(await remove(Date.now() - DAY_MS)).toEqual({ results: 0, blobs: 0 });
  expect(await remove(LATER_MS, nobody, 3)).toEqual({ results: 0, blobs: 3 });
  expect(await remove(LATER_MS, nobody, 3)).toEqual({ results: 0, blobs: 2 });
  expect((await left(...blobs)).some(Boolean)).toBe(false);
});

test('however few names are held at once, what results name stays and all else goes', async () => {
  const [kept, gone] = await Promise.all(
    ['k', 'g'].map((word) => Promise.all([1, 2, 3, 4].map((at) => blobOf(`${word}${at}`)))),
  );
  await store.putResult(NEW, { kept });
  const request = { beforeMs: LATER_MS, inUse: nobody, atMost: 100, heldAtOnce: 3 };
  await utimes(resultFile(NEW), new Date(LATER_MS + 1_000), new Date(LATER_MS + 1_000));
  expect(await store.removeUnused(request)).toEqual({ results: 0, blobs: 4 });
  expect((await left(...kept!)).every(Boolean)).toBe(true);
  expect((await left(...gone!)).some(Boolean)).toBe(false);
});

test('finding and removing at the same time never gives a result without its blobs', async () => {
  for (let round = 0; round < 30; round += 1) {
    await store.putResult(OLD, { blob: await blobOf(`round ${round}`) });
    await utimes(resultFile(OLD), LONG_AGO, LONG_AGO);
    const beforeMs = Date.now() - DAY_MS;
    const [found] = await Promise.all([store.findResult<{ blob: BlobRef }>(OLD), remove(beforeMs)]);
    if (!found) continue;
    expect(await store.findResult(OLD)).toEqual(found);
    expect(await left(found.blob)).toEqual([true]);
  }
});
