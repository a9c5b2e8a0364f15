import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalStore } from './local-store.js';

const KEY = 'c'.repeat(64);
const LONG = { owner: 'one', ttlMs: 60_000 };
const SHORT = { owner: 'two', ttlMs: 40 };

let root: string;
let store: LocalStore;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-claims-'));
  store = new LocalStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const claimFiles = () => readdir(path.join(root, 'claims'));

test('of fifty that claim at once at most one gets it, in every round', async () => {
  for (let round = 0; round < 10; round += 1) {
    const claims = await Promise.all(Array.from({ length: 50 }, () => store.claim(KEY, LONG)));
    const got = claims.filter((claim) => claim !== undefined);
    expect(got).toHaveLength(1);
    await got[0]!.release();
    expect(await claimFiles()).toEqual([]);
  }
});

test('of fifty that find a claim run out at most one takes it over, in every round', async () => {
  for (let round = 0; round < 10; round += 1) {
    const old = await store.claim(KEY, SHORT);
    await delay(SHORT.ttlMs + 5);
    const claims = await Promise.all(Array.from({ length: 50 }, () => store.claim(KEY, LONG)));
    const got = claims.filter((claim) => claim !== undefined);
    expect(got).toHaveLength(1);
    expect(await old?.extend()).toBe(false);
    expect(await got[0]!.extend()).toBe(true);
    await old?.release();
    expect(await store.claim(KEY, LONG)).toBeUndefined();
    await got[0]!.release();
    expect(await claimFiles()).toEqual([]);
  }
});

test('a claim is free at once when it is given up, and other keys are not touched by it', async () => {
  const claim = await store.claim(KEY, LONG);
  expect(await store.claim(KEY, LONG)).toBeUndefined();
  expect(await store.claim('d'.repeat(64), LONG)).toBeDefined();
  await claim?.release();
  await claim?.release();
  expect(await store.claim(KEY, LONG)).toBeDefined();
});

test('a claim that is extended runs on, and one that nobody took over may be late', async () => {
  const terms = { ...SHORT, ttlMs: 1_500 };
  const claim = await store.claim(KEY, terms);
  await delay(terms.ttlMs + 5);
  expect(await claim?.extend()).toBe(true);
  expect(await store.claim(KEY, terms)).toBeUndefined();
});

test('a claim whose maker died before it wrote its terms holds for a while only', async () => {
  const claim = await store.claim(KEY, SHORT);
  await claim?.release();
  await writeFile(path.join(root, 'claims', `${KEY}.1`), '');
  expect(await store.claim(KEY, LONG)).toBeUndefined();
  await utimes(path.join(root, 'claims', `${KEY}.1`), new Date(), new Date(Date.now() - 16_000));
  expect(await store.claim(KEY, LONG)).toBeDefined();
});

test('claims that ran out long ago are swept, those in use are not', async () => {
  await store.claim(KEY, SHORT);
  expect(await store.sweep({ olderThanMs: 3_600_000 })).toMatchObject({ claims: 0 });
  const nowMs = Date.now() + 2 * 3_600_000;
  expect(await store.sweep({ olderThanMs: 3_600_000, nowMs })).toMatchObject({ claims: 1 });
  expect(await claimFiles()).toEqual([]);
});
