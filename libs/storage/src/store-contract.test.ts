import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BlobRef } from '@aura/proto';
import type { ArtifactStore } from './artifact-store.js';
import { blobPlace, resultPlace } from './blob-names.js';
import type { Ledger } from './ledger.js';
import { openStore } from './open-store.js';
import { s3Program, startS3Server, type S3Server } from './testing/s3-server.js';

/** What all stores promise, of whatever kind. */
const HOUR_MS = 3_600_000;
const KEY = 'a'.repeat(64);
const SHORT = { owner: 'a test', ttlMs: 300 };
const LONG = { owner: 'a test', ttlMs: 60_000 };
const nobody = async () => new Set<string>();

let server: S3Server | undefined;
const program = s3Program(process.env);
beforeAll(async () => {
  if (program !== undefined) server = await startS3Server(program, process.env);
  else process.stdout.write('S3 is left out: there is no versitygw; npm test builds it with Go\n');
});
afterAll(() => server?.stop());

const kinds = program === undefined ? (['folder'] as const) : (['folder', 'bucket'] as const);

describe.each(kinds)('a store in a %s', (kind) => {
  let folder: string;
  let objects: string;
  let store: ArtifactStore;
  let other: ArtifactStore;
  let ledger: Ledger;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'aura-stores-'));
    const prefix = randomUUID();
    const place = server && kind === 'bucket' ? { url: `s3://films/${prefix}` } : {};
    const settings = { ...place, endpoint: server?.endpoint, region: 'us-east-1' };
    objects = server && kind === 'bucket' ? path.join(server.folder, prefix) : folder;
    ({ store, ledger } = await openStore({ folder, cacheBytes: 1e9, ...settings }));
    const far = kind === 'bucket' ? path.join(folder, 'another machine') : folder;
    await mkdir(far, { recursive: true });
    ({ store: other } = await openStore({ folder: far, cacheBytes: 1e9, ...settings }));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const fileWith = async (content: Uint8Array | string) => {
    const file = path.join(folder, `made-${randomUUID()}`);
    await writeFile(file, content);
    return file;
  };
  const damage = (blob: BlobRef, content: string) =>
    writeFile(path.join(objects, blobPlace(blob.sha256)), content);
  const age = async (place: string) => {
    const longAgo = new Date(Date.now() - 10 * 24 * HOUR_MS);
    await utimes(path.join(objects, place), longAgo, longAgo);
  };

  test('a file is published under its own hash, is gone from where it was made, and is there for others', async () => {
    const file = await fileWith('film');
    const blob = await store.putFile(file, 'video/mp4');
    expect(blob).toMatchObject({ bytes: 4, mediaType: 'video/mp4' });
    await expect(stat(file)).rejects.toThrow('ENOENT');
    for (const one of [store, other]) {
      await one.check(blob);
      expect(await readFile(await one.localPath(blob), 'utf8')).toBe('film');
      expect(await one.has(blob)).toBe(true);
    }
    expect(await store.putBytes('film', 'video/mp4')).toEqual(blob);
  });

  test('a file of many parts comes back byte for byte, and so does any range of it', async () => {
    const content = randomBytes(9_000_001);
    const blob = await store.putFile(await fileWith(content), 'video/mp4');
    const range = { start: 8_388_600, end: 8_388_620 };
    expect(await buffer(await other.read(blob, range))).toEqual(
      content.subarray(8_388_600, 8_388_621),
    );
    expect((await buffer(await other.read(blob))).equals(content)).toBe(true);
    expect(await buffer(await other.read(blob, range))).toEqual(
      content.subarray(8_388_600, 8_388_621),
    );
  });

  test.each(['truncated!', 'hure'])(
    'a blob that has become %j is never given out, and is mended by making it again',
    async (content) => {
      const blob = await store.putBytes('here', 'text/plain');
      await store.putResult(KEY, { deep: [{ blob }] });
      await damage(blob, content);
      const error = { code: 'BlobCorrupt', details: expect.stringContaining(blob.sha256) };
      await expect(other.localPath(blob)).rejects.toMatchObject(error);
      expect(await other.has(blob)).toBe(false);
      expect(await other.findResult(KEY)).toBeUndefined();
      await other.putBytes('here', 'text/plain');
      expect(await text(await other.read(blob))).toBe('here');
      expect(await other.findResult(KEY)).toEqual({ deep: [{ blob }] });
    },
  );

  test('a flipped bit is found by looking through everything, and what is made of it is made again', async () => {
    const [good, bad] = [
      await store.putBytes('good', 'text/plain'),
      await store.putBytes('good?', 'text/plain'),
    ];
    await store.putResult(KEY, { bad });
    await damage(bad, 'gooe?');
    const seen = await store.verify({});
    expect(seen).toEqual({ checked: 2, bytes: 9, corrupt: [bad.sha256] });
    expect(await store.findResult(KEY)).toBeUndefined();
    expect([await store.has(good), await store.has(bad)]).toEqual([true, false]);
    expect(await store.statistics()).toMatchObject({ blobs: 1, blobBytes: 4, results: 1 });
  });

  test('looking through goes on where it was broken off', async () => {
    const blobs = await Promise.all(
      ['1', '2', '3'].map((one) => store.putBytes(one, 'text/plain')),
    );
    const first = await store.verify({ atMost: 2 });
    expect(first).toMatchObject({ checked: 2, next: blobs.map((one) => one.sha256).toSorted()[1] });
    expect(await store.verify({ after: first.next! })).toEqual({
      checked: 1,
      bytes: 1,
      corrupt: [],
    });
    expect(await store.verify({ signal: AbortSignal.abort() })).toMatchObject({ checked: 0 });
  });

  test('what is not there says so, and no name leads elsewhere', async () => {
    const blob = { sha256: 'f'.repeat(64), bytes: 1, mediaType: 'text/plain' };
    expect(await store.has(blob)).toBe(false);
    for (const ask of [
      () => store.localPath(blob),
      () => store.check(blob),
      () => store.read(blob, { start: 0, end: 0 }),
    ])
      await expect(ask()).rejects.toHaveProperty('code', 'ArtifactGone');
    expect(await store.findResult(KEY)).toBeUndefined();
    await expect(store.localPath({ ...blob, sha256: '../x' })).rejects.toThrow(TypeError);
    await expect(store.findResult('../../etc/passwd')).rejects.toThrow(TypeError);
    await expect(store.scratch('../up', 'x')).rejects.toThrow();
    await expect(ledger.write('..', 'a', 1)).rejects.toThrow(TypeError);
  });

  test('a result is found while every blob that it names is there; the last writer wins', async () => {
    const blob = await store.putBytes('sound', 'audio/wav');
    await store.putResult(KEY, { take: 1 });
    await store.putResult(KEY, { take: 2, blob });
    expect(await other.findResult(KEY)).toEqual({ take: 2, blob });
    expect(await store.removeBlobs([blob.sha256], Date.now() - HOUR_MS)).toEqual([]);
    expect(await store.removeBlobs([blob.sha256], Date.now() + HOUR_MS)).toEqual([blob.sha256]);
    expect(await store.removeBlobs([blob.sha256], Date.now() + HOUR_MS)).toEqual([blob.sha256]);
    expect(await other.findResult(KEY)).toBeUndefined();
  });

  test('one of many gets a claim, whoever asks, and the next when it is given up', async () => {
    const ask = () =>
      Promise.all(
        Array.from({ length: 10 }, (_, index) => (index % 2 ? store : other).claim(KEY, LONG)),
      );
    for (let round = 0; round < 3; round += 1) {
      const got = (await ask()).filter((claim) => claim !== undefined);
      expect(got).toHaveLength(1);
      expect(await got[0]?.extend()).toBe(true);
      await got[0]?.release();
      await got[0]?.release();
    }
    expect(await store.claim('b'.repeat(64), LONG)).toBeDefined();
  });

  test('a claim that ran out goes to another, and its maker learns of it', async () => {
    const lost = await store.claim(KEY, SHORT);
    let taken;
    for (let tries = 0; !taken && tries < 100; tries += 1) {
      await delay(100);
      taken = await other.claim(KEY, LONG);
    }
    expect(taken).toBeDefined();
    expect(await lost?.extend()).toBe(false);
    await lost?.release();
    expect(await store.claim(KEY, LONG)).toBeUndefined();
    expect(await taken?.extend()).toBe(true);
  });

  test('what nobody has wanted for long goes; what is found, named or published anew stays', async () => {
    const [alone, named, again] = await Promise.all(
      ['alone', 'named', 'again'].map((one) => store.putBytes(one, 'text/plain')),
    );
    const used = await store.putBytes('used', 'text/plain');
    const [old, found] = ['c'.repeat(64), 'd'.repeat(64)];
    await store.putResult(old, { alone });
    await store.putResult(found, { used });
    for (const blob of [alone, named, again, used]) await age(blobPlace(blob!.sha256));
    for (const key of [old, found]) await age(resultPlace(key));
    expect(await other.findResult(found)).toEqual({ used });
    await other.putBytes('again', 'text/plain');
    const request = {
      beforeMs: Date.now() - 2 * HOUR_MS,
      inUse: async (asked: string[]) => new Set(asked.filter((one) => one === named!.sha256)),
      atMost: 100,
    };
    // By the time when a file last changed nothing in a folder looks old.
    if (kind === 'folder')
      return expect(await store.removeUnused(request)).toEqual({ results: 1, blobs: 0 });
    expect(await store.removeUnused(request)).toEqual({ results: 1, blobs: 0 });
    expect(await store.removeUnused(request)).toEqual({ results: 0, blobs: 1 });
    const there = await Promise.all([alone, named, again, used].map((blob) => other.has(blob!)));
    expect(there).toEqual([false, true, true, true]);
    expect(await store.findResult(found)).toEqual({ used });
  });

  test('finding and removing at the same time never gives a result that is gone', async () => {
    for (let round = 0; round < 10; round += 1) {
      await store.putResult(KEY, { blob: await store.putBytes(`round ${round}`, 'text/plain') });
      await age(resultPlace(KEY));
      const request = { beforeMs: Date.now() - 2 * HOUR_MS, inUse: nobody, atMost: 100 };
      const [found] = await Promise.all([other.findResult(KEY), store.removeUnused(request)]);
      if (found) expect(await store.findResult(KEY)).toEqual(found);
    }
  });

  test('what killed workers left is swept, and nothing else', async () => {
    const blob = await store.putBytes('here', 'text/plain');
    await store.claim(KEY, SHORT);
    await store.scratch('v1', 'x');
    expect(await store.sweep({ olderThanMs: HOUR_MS })).toEqual({
      parts: 0,
      claims: 0,
      scratchFolders: 0,
    });
    const swept = await store.sweep({ olderThanMs: HOUR_MS, nowMs: Date.now() + 2 * HOUR_MS });
    expect(swept).toEqual({ parts: 0, claims: 1, scratchFolders: 1 });
    expect(await store.has(blob)).toBe(true);
    expect(await store.releaseScratch('v1')).toBe(0);
  });

  test('a ledger gives back what was written to it, book by book, and what is damaged as undefined', async () => {
    await Promise.all(['b', 'a', 'c'].map((name) => ledger.write('v1', name, { name })));
    await ledger.write('v2', 'other', 1);
    await writeFile(path.join(objects, 'ledger', 'v1', 'd.json'), '{"half":');
    expect([...(await ledger.read('v1'))]).toEqual([
      ['a', { name: 'a' }],
      ['b', { name: 'b' }],
      ['c', { name: 'c' }],
      ['d', undefined],
    ]);
    expect((await ledger.books()).toSorted()).toEqual(['v1', 'v2']);
    await ledger.remove('v1');
    await ledger.remove('v1');
    expect([await ledger.read('v1'), await ledger.books()]).toEqual([new Map(), ['v2']]);
  });
});
