import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LocalLedger } from './ledger.js';
import { LocalStore } from './local-store.js';

const KEY = 'a'.repeat(64);
const DAY_MS = 24 * 3_600_000;

let root: string;
let store: LocalStore;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'aura-files-'));
  store = new LocalStore(root);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** What lies in the place of a file or folder and cannot be read, whoever asks (root may read all else). */
const UNREADABLE: [string, string, (place: string) => Promise<void>][] = [
  ['a folder that is none', 'OutputDirectoryNotWritable', blockFolder],
  ['a file that leads in a circle', 'InternalError', (place) => symlink(place, place)],
];

async function blockFolder(place: string): Promise<void> {
  await rm(path.dirname(place), { recursive: true, force: true });
  await mkdir(path.dirname(path.dirname(place)), { recursive: true });
  await writeFile(path.dirname(place), '');
}

async function instead(place: string, block: (place: string) => Promise<void>): Promise<void> {
  await rm(place, { force: true });
  await block(place);
}

test.each(UNREADABLE)(
  'a result that cannot be read is not one that was never recorded: %s',
  async (_what, code, block) => {
    await store.putResult(KEY, { fine: true });
    await instead(path.join(root, 'results', 'aa', `${KEY}.json`), block);
    await expect(store.findResult(KEY)).rejects.toMatchObject({ name: 'Failure', code });
  },
);

test.each(UNREADABLE)(
  'a blob that cannot be read is not one that was cleaned up: %s',
  async (_what, code, block) => {
    const blob = await store.putBytes('paid for', 'text/plain');
    await store.putResult(KEY, { blob });
    await instead(await store.localPath(blob), block);
    for (const asked of [store.localPath(blob), store.has(blob), store.findResult(KEY)]) {
      await expect(asked).rejects.toMatchObject({ name: 'Failure', code });
    }
  },
);

test('entries that cannot be read are not a book without entries', async () => {
  const ledger = new LocalLedger(root);
  await ledger.write('v1', 'call', 1);
  const entry = path.join(root, 'ledger', 'v1', 'call.json');
  await instead(entry, (place) => symlink(place, place));
  await expect(ledger.read('v1')).rejects.toMatchObject({ name: 'Failure' });
  await blockFolder(entry);
  await expect(ledger.read('v1')).rejects.toMatchObject({ code: 'OutputDirectoryNotWritable' });
});

test('while a result cannot be read no blob is removed: it may be the one that is named there', async () => {
  const blob = await store.putBytes('film', 'text/plain');
  await store.putResult(KEY, { blob });
  const file = path.join(root, 'results', 'aa', `${KEY}.json`);
  await rename(file, `${file}.aside`);
  await symlink(file, file);
  const request = {
    beforeMs: Date.now() + DAY_MS,
    inUse: async () => new Set<string>(),
    atMost: 9,
  };
  await expect(store.removeUnused(request)).rejects.toThrow('ELOOP');
  expect(await store.has(blob)).toBe(true);
});

test('what is published is on disk with every folder on its way', async () => {
  const synced = await recordSyncs();
  try {
    const deep = path.join(root, 'aura', 'artifacts');
    const blob = await new LocalStore(deep).putBytes('film', 'text/plain');
    const folders = [root, path.join(root, 'aura'), deep, path.join(deep, 'blobs')];
    const own = path.join(deep, 'blobs', blob.sha256.slice(0, 2));
    for (const place of [...folders, own, path.join(own, blob.sha256)]) {
      expect([place, synced.has((await stat(place)).ino)]).toEqual([place, true]);
    }
    await new LocalLedger(deep).write('v1', 'call', 1);
    for (const place of [path.join(deep, 'ledger'), path.join(deep, 'ledger', 'v1')]) {
      expect([place, synced.has((await stat(place)).ino)]).toEqual([place, true]);
    }
    expect((await readdir(own)).length).toBe(1);
  } finally {
    synced.stop();
  }
});

/** The inodes of all that is synced from now on; syncing goes on as ever. */
async function recordSyncs(): Promise<{ has(ino: number): boolean; stop(): void }> {
  const handle = await open(root, 'r');
  const prototype = Object.getPrototypeOf(handle) as typeof handle;
  await handle.close();
  const inodes = new Set<number>();
  const sync = Reflect.get(prototype, 'sync');
  prototype.sync = async function (this: typeof handle) {
    inodes.add((await this.stat()).ino);
    return sync.call(this);
  };
  return { has: (ino) => inodes.has(ino), stop: () => void (prototype.sync = sync) };
}
