import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalStore } from './local-store.js';

const HOUR_MS = 3_600_000;
/** Everything that is written now is seven hours old by then. */
const LATER = { olderThanMs: 6 * HOUR_MS, nowMs: Date.now() + 7 * HOUR_MS };
const RECENT = new Date(LATER.nowMs - HOUR_MS);

let root: string;
let store: LocalStore;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-sweep-'));
  store = new LocalStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('unfinished files of long ago go; finished ones, and those being written, stay', async () => {
  const blob = await store.putBytes('finished', 'text/plain');
  await store.putResult('a'.repeat(64), { blob });
  const prefix = path.dirname(await store.localPath(blob));
  const results = path.join(root, 'results', 'aa');
  await writeFile(path.join(prefix, `${'b'.repeat(64)}.0123.part`), 'half');
  await writeFile(path.join(results, 'c.json.0123.part'), '{');
  const growing = path.join(prefix, `${'d'.repeat(64)}.0123.part`);
  await writeFile(growing, 'more and more');
  expect(await store.sweep({ olderThanMs: 6 * HOUR_MS })).toEqual({
    parts: 0,
    claims: 0,
    scratchFolders: 0,
  });
  await utimes(growing, RECENT, RECENT);
  expect(await store.sweep(LATER)).toEqual({ parts: 2, claims: 0, scratchFolders: 0 });
  expect(await readFile(growing, 'utf8')).toBe('more and more');
  expect(await store.findResult('a'.repeat(64))).toEqual({ blob });
  expect(await store.sweep(LATER)).toEqual({ parts: 0, claims: 0, scratchFolders: 0 });
});

test('a file that is just being published stays, however long ago it was made', async () => {
  const part = path.join(root, 'blobs', 'ee', `${'e'.repeat(64)}.0123.part`);
  await mkdir(path.dirname(part), { recursive: true });
  await writeFile(part, 'made long ago');
  await utimes(part, new Date(0), new Date(0));
  expect(await store.sweep({ olderThanMs: HOUR_MS })).toEqual({
    parts: 0,
    claims: 0,
    scratchFolders: 0,
  });
});

test('scratch folders go with their video’s, unless something in them still changes', async () => {
  const left = await store.scratch('v1', 'encodeSegment');
  await writeFile(path.join(left, 'segment.mp4'), 'half');
  const used = await store.scratch('v2', 'encodeSegment');
  const growing = path.join(used, 'segment.mp4');
  await writeFile(growing, 'more and more');
  await utimes(growing, RECENT, RECENT);
  await store.scratch('v2', 'narrateScene');
  const open = await store.scratch('v3', 'narrateScene');
  expect(await store.sweep({ ...LATER, openVideos: ['v3'] })).toEqual({
    parts: 0,
    claims: 0,
    scratchFolders: 2,
  });
  expect(await readdir(path.join(root, 'scratch'))).toEqual(['v2', 'v3']);
  expect((await stat(used)).isDirectory() && (await stat(open)).isDirectory()).toBe(true);
  const again = await store.scratch('v1', 'encodeSegment');
  expect((await stat(again)).isDirectory()).toBe(true);
});

test('a store that is not there yet is swept clean already', async () => {
  const nowhere = new LocalStore(path.join(root, 'nothing'));
  expect(await nowhere.sweep(LATER)).toEqual({ parts: 0, claims: 0, scratchFolders: 0 });
});
