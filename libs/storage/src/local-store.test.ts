import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalStore } from './local-store.js';

let root: string;
let store: LocalStore;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-store-'));
  store = new LocalStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const everyFile = async () =>
  (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

async function fileWith(content: string): Promise<string> {
  const file = path.join(root, `made-${randomUUID()}`);
  await writeFile(file, content);
  return file;
}

test('a file is published under its own hash and is gone from where it was made', async () => {
  const file = await fileWith('film');
  const blob = await store.putFile(file, 'video/mp4');
  expect(blob).toMatchObject({ bytes: 4, mediaType: 'video/mp4' });
  expect(await readFile(await store.localPath(blob), 'utf8')).toBe('film');
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('publishing the same bytes twice keeps one blob', async () => {
  const first = await store.putBytes('same', 'text/plain');
  const second = await store.putFile(await fileWith('same'), 'text/plain');
  expect(second.sha256).toBe(first.sha256);
  expect(await readdir(path.join(root, 'blobs', first.sha256.slice(0, 2)))).toEqual([first.sha256]);
});

test('a file that does not exist is refused and leaves nothing behind', async () => {
  await expect(store.putFile(path.join(root, 'nothing'), 'video/mp4')).rejects.toThrow();
  expect(await everyFile()).toEqual([]);
});

test('a store whose folder cannot be written says so with its code', async () => {
  const file = path.join(root, 'a-file');
  await writeFile(file, '');
  const broken = new LocalStore(path.join(file, 'below'));
  await expect(broken.putBytes('x', 'text/plain')).rejects.toHaveProperty(
    'code',
    'OutputDirectoryNotWritable',
  );
});

test('a range is read inclusively', async () => {
  const blob = await store.putBytes('0123456789', 'text/plain');
  expect(await text(await store.read(blob, { start: 2, end: 4 }))).toBe('234');
});

test.each([
  ['another size', 'truncated!'],
  ['a flipped bit', 'hure'],
])('a blob with %s is never given out: BlobCorrupt says which it is', async (_, content) => {
  const blob = await store.putBytes('here', 'text/plain');
  const file = await store.localPath(blob);
  await writeFile(file, content);
  const error = { code: 'BlobCorrupt', details: expect.stringContaining(blob.sha256) };
  await expect(store.read(blob)).rejects.toMatchObject(error);
  await expect(store.localPath(blob)).rejects.toMatchObject(error);
  expect(await store.has(blob)).toBe(false);
});

test('a blob is hashed once, and again when its file has changed', async () => {
  const blob = await store.putBytes('here', 'text/plain');
  const file = await store.localPath(blob);
  const { atime, mtime } = await stat(file);
  await writeFile(file, 'hure');
  await utimes(file, atime, mtime);
  expect(await store.has(blob)).toBe(false);
  await writeFile(file, 'here');
  expect(await store.has(blob)).toBe(true);
});

test('a result with a corrupt blob counts as none, and making it again mends the blob', async () => {
  const key = 'e'.repeat(64);
  const blob = await store.putFile(await fileWith('film'), 'video/mp4');
  await store.putResult(key, { video: blob });
  await writeFile(await store.localPath(blob), 'fiLm');
  expect(await store.findResult(key)).toBeUndefined();
  expect(await store.putFile(await fileWith('film'), 'video/mp4')).toEqual(blob);
  expect(await readFile(await store.localPath(blob), 'utf8')).toBe('film');
  expect(await store.findResult(key)).toEqual({ video: blob });
});

test('a blob that was cleaned up is ArtifactGone', async () => {
  const blob = await store.putBytes('here', 'text/plain');
  await rm(path.join(root, 'blobs'), { recursive: true });
  await expect(store.localPath(blob)).rejects.toHaveProperty('code', 'ArtifactGone');
});

test('a result is found again only while every blob that it names is there', async () => {
  const key = 'a'.repeat(64);
  const blob = await store.putBytes('sound', 'audio/wav');
  const result = { unitKey: key, nested: [{ audio: blob }] };
  expect(await store.findResult(key)).toBeUndefined();
  await store.putResult(key, result);
  expect(await store.findResult(key)).toEqual(result);
  await rm(await store.localPath(blob));
  expect(await store.findResult(key)).toBeUndefined();
});

test.each([
  ['cut off', '{"unitKey":"a'],
  ['empty', ''],
  ['full of zeros', '\0'.repeat(64)],
  ['naming a blob that cannot be', '{"audio":{"sha256":"../x","bytes":1}}'],
])('a record that is %s counts as none, and the work is recorded anew', async (_what, content) => {
  const key = 'b'.repeat(64);
  await store.putResult(key, { fine: true });
  await writeFile(path.join(root, 'results', 'bb', `${key}.json`), content);
  expect(await store.findResult(key)).toBeUndefined();
  await store.putResult(key, { fine: true });
  expect(await store.findResult(key)).toEqual({ fine: true });
});

test('names from outside reach no path', async () => {
  await expect(store.findResult('../../etc/passwd')).rejects.toThrow(TypeError);
  await expect(store.scratch('../up', 'x')).rejects.toThrow();
  await expect(store.localPath({ sha256: '../x', bytes: 1, mediaType: '' })).rejects.toThrow(
    TypeError,
  );
});

test('no half-written file is ever left: fifty writers at once leave whole blobs only', async () => {
  const contents = Array.from({ length: 50 }, (_, index) => `content ${index % 10}`);
  await Promise.all(contents.map((content) => store.putBytes(content, 'text/plain')));
  const files = await everyFile();
  expect(files).toHaveLength(10);
  expect(files.some((name) => name.endsWith('.part'))).toBe(false);
});

test('scratch folders are apart from each other and all released at once', async () => {
  const [a, b] = await Promise.all([store.scratch('v1', 'x'), store.scratch('v1', 'x')]);
  expect(a).not.toBe(b);
  expect(await store.releaseScratch('v1')).toBe(2);
  expect(await store.releaseScratch('v1')).toBe(0);
  await expect(stat(a)).rejects.toThrow('ENOENT');
});
