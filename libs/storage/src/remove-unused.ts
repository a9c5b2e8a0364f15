import { lstat, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ifThere } from './files.js';

export interface UnusedRequest {
  /** What was recorded, found or published since is kept, ms since 1970: no work that goes on may have begun before. */
  beforeMs: number;
  /** Which of these blobs (sha256) somebody refers to beside the results. */
  inUse: (sha256s: string[]) => Promise<ReadonlySet<string>>;
  /** So many files go at most; the rest goes the next time. */
  atMost: number;
  /** So many names are held in memory at most; 50,000 where absent. */
  heldAtOnce?: number;
}

/** How many of each were removed. */
export interface Unused {
  results: number;
  blobs: number;
}

const ASKED_AT_ONCE = 500;
/** So many names are held in memory; where more blobs are old, the results are read once more for the next of them. */
const HELD_AT_ONCE = 50_000;

/**
 * Removes the results that were neither recorded nor found again since `beforeMs`, and the old blobs that
 * neither a result nor anybody else names. Safe beside workers: finding a result touches it, publishing a
 * blob that is there already touches the blob, and what is touched in the very moment is put back. Throws where
 * the results cannot all be read: what they name is not known then.
 */
export async function removeUnused(root: string, request: UnusedRequest): Promise<Unused> {
  const { beforeMs, atMost, heldAtOnce = HELD_AT_ONCE } = request;
  const results = path.join(root, 'results');
  let blobs = 0;
  for await (const old of inBatches(oldBlobs(path.join(root, 'blobs'), beforeMs), heldAtOnce)) {
    if (blobs >= atMost) break;
    const files = new Map(old.map((file) => [path.basename(file), file]));
    await forgetNamed(files, results);
    blobs += await removeBlobs([...files.values()], request, atMost - blobs);
  }
  // Last: whoever has found a result that goes now still finds its blobs, until the next time.
  return { results: await removeResults(results, beforeMs, atMost - blobs), blobs };
}

async function removeBlobs(
  files: readonly string[],
  { beforeMs, inUse }: UnusedRequest,
  atMost: number,
): Promise<number> {
  let removed = 0;
  for (let from = 0; from < files.length && removed < atMost; from += ASKED_AT_ONCE) {
    const some = files.slice(from, from + ASKED_AT_ONCE);
    const used = await inUse(some.map((file) => path.basename(file)));
    for (const file of some) {
      if (removed >= atMost) break;
      const isUsed = used.has(path.basename(file));
      if (!isUsed && (await removeOld(file, beforeMs).catch(() => 'young')) === 'removed')
        removed += 1;
    }
  }
  return removed;
}

/**
 * Removes a blob that has not changed since. Out of the way first: whoever touches it from then on does not find it and
 * publishes it anew; whoever was quicker, by a touch or by another file in its place, shows, and gets it back.
 */
export async function removeOld(
  file: string,
  beforeMs: number,
): Promise<'removed' | 'missing' | 'young'> {
  const found = await ifThere(lstat(file));
  if (!found) return 'missing';
  if (Math.max(found.mtimeMs, found.ctimeMs) >= beforeMs) return 'young';
  const aside = `${file}.unused.part`;
  if ((await ifThere(rename(file, aside).then(() => true))) === undefined) return 'missing';
  const now = await lstat(aside);
  if (now.ino !== found.ino || now.mtimeMs !== found.mtimeMs) {
    await rename(aside, file);
    return 'young';
  }
  await rm(aside);
  return 'removed';
}

/** Takes out the blobs that results name. Their records are read one by one, however many there are. */
async function forgetNamed(files: Map<string, string>, folder: string): Promise<void> {
  for await (const file of filesBelow(folder, RESULT)) {
    if (files.size === 0) return;
    const text = (await ifThere(readFile(file, 'utf8'))) ?? '';
    for (const [, sha256 = ''] of text.matchAll(/"sha256":"([0-9a-f]{64})"/g)) files.delete(sha256);
  }
}

const RESULT = /^[0-9a-f]{64}\.json$/;

async function removeResults(folder: string, beforeMs: number, atMost: number): Promise<number> {
  let removed = 0;
  for await (const file of filesBelow(folder, RESULT)) {
    if (removed >= atMost) break;
    const found = await ifThere(stat(file));
    if (!found || found.mtimeMs >= beforeMs) continue;
    if (await removeUntouched(file, beforeMs)) removed += 1;
  }
  return removed;
}

/** Out of the way first: whoever touches it from then on does not find it, and who was quicker shows in its time. */
async function removeUntouched(file: string, beforeMs: number): Promise<boolean> {
  const aside = `${file}.unused.part`;
  try {
    await rename(file, aside);
    if ((await stat(aside)).mtimeMs >= beforeMs) await rename(aside, file);
    else return await gone(aside);
  } catch {
    // Somebody else has removed it, or this folder cannot be changed; a sweep takes what is left aside.
  }
  return false;
}

async function* oldBlobs(folder: string, beforeMs: number) {
  for await (const file of filesBelow(folder, /^[0-9a-f]{64}$/)) {
    if ((await changedAt(file)) < beforeMs) yield file;
  }
}

async function* filesBelow(folder: string, names: RegExp): AsyncGenerator<string> {
  for (const prefix of (await ifThere(readdir(folder))) ?? []) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    const files = (await ifThere(readdir(path.join(folder, prefix)))) ?? [];
    for (const name of files) if (names.test(name)) yield path.join(folder, prefix, name);
  }
}

async function* inBatches<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** The later of both times: a published file keeps the mtime of when it was made. */
async function changedAt(file: string): Promise<number> {
  const found = await lstat(file).catch(() => undefined);
  return found ? Math.max(found.mtimeMs, found.ctimeMs) : Number.POSITIVE_INFINITY;
}

async function gone(file: string): Promise<boolean> {
  return rm(file).then(
    () => true,
    () => false,
  );
}
