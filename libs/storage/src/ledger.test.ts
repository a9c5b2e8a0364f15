import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalLedger } from './ledger.js';
import { LocalStore } from './local-store.js';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-ledger-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('entries of many writers stand side by side, each book for itself, in the order of their names', async () => {
  const ledgers = [new LocalLedger(root), new LocalLedger(root)];
  const names = Array.from({ length: 40 }, (_, index) => `n${index}.intent`);
  await Promise.all(
    names.map(async (name, index) => ledgers[index % 2]?.write('v1', name, { index })),
  );
  await ledgers[0]?.write('v2', 'other', 1);
  const entries = await ledgers[1]?.read('v1');
  expect([...(entries?.keys() ?? [])]).toEqual(names.toSorted());
  expect(entries?.get('n7.intent')).toEqual({ index: 7 });
  expect((await readdir(path.join(root, 'ledger', 'v1'))).length).toBe(40);
});

test('the same name again replaces the entry, and a damaged one is there without a value', async () => {
  const ledger = new LocalLedger(root);
  await ledger.write('v1', 'a', 1);
  await ledger.write('v1', 'a', 2);
  await writeFile(path.join(root, 'ledger', 'v1', 'b.json'), '{"half":');
  const entries = await ledger.read('v1');
  expect([...entries]).toEqual([
    ['a', 2],
    ['b', undefined],
  ]);
  expect(await ledger.read('never')).toEqual(new Map());
});

test.each(['', '.', '..', '../x', 'a/b', 'a\0b', 'ä', 'x'.repeat(201)])(
  'a name that could lead elsewhere is refused: %j',
  async (name) => {
    const ledger = new LocalLedger(root);
    await expect(ledger.write('v1', name, 1)).rejects.toThrow(TypeError);
    await expect(ledger.write(name, 'a', 1)).rejects.toThrow(TypeError);
    await expect(ledger.read(name)).rejects.toThrow(TypeError);
    await expect(ledger.remove(name)).rejects.toThrow(TypeError);
    expect(await readdir(root)).toEqual([]);
  },
);

test('a book is removed with all its entries, and no other', async () => {
  const ledger = new LocalLedger(root);
  await ledger.write('v1', 'a', 1);
  await ledger.write('v2', 'a', 2);
  expect((await ledger.books()).toSorted()).toEqual(['v1', 'v2']);
  await ledger.remove('v1');
  await ledger.remove('v1');
  expect(await ledger.books()).toEqual(['v2']);
  expect(await new LocalLedger(path.join(root, 'never')).books()).toEqual([]);
  expect(await ledger.read('v1')).toEqual(new Map());
  expect(await ledger.read('v2')).toEqual(new Map([['a', 2]]));
});

test('what has been read is not opened again, and what others add is seen', async () => {
  const [reader, writer] = [new LocalLedger(root), new LocalLedger(root)];
  const file = path.join(root, 'ledger', 'v1', 'a.json');
  await writer.write('v1', 'a', { usd: 1 });
  await reader.read('v1');
  // Whoever opened it once more would read this.
  await writeFile(file, '{"usd":2}');
  await writer.write('v1', 'b', { usd: 3 });
  expect(Object.fromEntries(await reader.read('v1'))).toEqual({ a: { usd: 1 }, b: { usd: 3 } });
  await reader.write('v1', 'a', { usd: 4 });
  expect((await reader.read('v1')).get('a')).toEqual({ usd: 4 });
  // Nor does it come back from memory when it is gone.
  await rm(file);
  expect([...(await reader.read('v1')).keys()]).toEqual(['b']);
  await writeFile(path.join(root, 'ledger', 'v1', 'b.json'), '{');
  await writer.remove('v1');
  await writer.write('v1', 'c', 5);
  expect([...(await reader.read('v1'))]).toEqual([['c', 5]]);
});

test('few books stay in memory, however many are read', async () => {
  const ledger = new LocalLedger(root);
  await ledger.write('first', 'a', 1);
  await ledger.read('first');
  for (let book = 0; book < 40; book += 1) await ledger.read(`b${book}`);
  await writeFile(path.join(root, 'ledger', 'first', 'a.json'), '2');
  expect((await ledger.read('first')).get('a')).toBe(2);
});

test('what a kill in the middle of writing leaves is swept, and the entries stay', async () => {
  const ledger = new LocalLedger(root);
  await ledger.write('v1', 'a', 1);
  const part = path.join(root, 'ledger', 'v1', 'b.json.0123.part');
  await writeFile(part, '{');
  const tomorrow = { olderThanMs: 60_000, nowMs: Date.now() + 86_400_000 };
  expect(await new LocalStore(root).sweep(tomorrow)).toMatchObject({ parts: 1 });
  expect(await ledger.read('v1')).toEqual(new Map([['a', 1]]));
});
