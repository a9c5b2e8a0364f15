import { readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { StoreStatistics, Verified, VerifyRequest } from './artifact-store.js';
import { ifThere } from './files.js';
import { HashedBlobs } from './hashed-blobs.js';
import { hashFile } from './verify-blobs.js';

/** Counts what is in a store's folder. */
export async function localStatistics(root: string): Promise<StoreStatistics> {
  const [blobs, results] = [path.join(root, 'blobs'), path.join(root, 'results')];
  const sums = await Promise.all([sumOf(blobs, BLOB), sumOf(results, RECORD)]);
  const [ofBlobs, ofResults] = sums;
  return {
    blobs: ofBlobs.files,
    blobBytes: ofBlobs.bytes,
    results: ofResults.files,
    resultBytes: ofResults.bytes,
  };
}

/** What `verify` of a store does, in a folder: every file is hashed, whatever was remembered of it. */
export async function verifyFolder(root: string, request: VerifyRequest): Promise<Verified> {
  const hashed = new HashedBlobs(request);
  for await (const file of filesIn(path.join(root, 'blobs'), BLOB)) {
    const sha256 = path.basename(file);
    if (!hashed.isNext(sha256)) continue;
    if (hashed.isEnough()) break;
    const found = await ifThere(stat(file));
    const hash = found && (await ifThere(hashFile(file)));
    if (!found || hash === undefined) continue;
    const isIntact = hash === sha256 || !(await removeCorrupt(file));
    hashed.add({ sha256, bytes: found.size, isIntact });
  }
  return hashed.verified();
}

const BLOB = /^[0-9a-f]{64}$/;
const RECORD = /^[0-9a-f]{64}\.json$/;

/** Out of the way first: a good one may just have come in its place. False where it was good after all. */
async function removeCorrupt(file: string): Promise<boolean> {
  const aside = `${file}.corrupt.part`;
  if ((await ifThere(rename(file, aside).then(() => true))) === undefined) return false;
  if ((await hashFile(aside)) === path.basename(file)) {
    await rename(aside, file);
    return false;
  }
  await rm(aside);
  return true;
}

async function sumOf(folder: string, names: RegExp): Promise<{ files: number; bytes: number }> {
  const sum = { files: 0, bytes: 0 };
  for await (const file of filesIn(folder, names)) {
    const found = await ifThere(stat(file));
    if (!found) continue;
    sum.files += 1;
    sum.bytes += found.size;
  }
  return sum;
}

/** In the order of their names. */
async function* filesIn(folder: string, names: RegExp): AsyncGenerator<string> {
  for (const prefix of ((await ifThere(readdir(folder))) ?? []).toSorted()) {
    if (!/^[0-9a-f]{2}$/.test(prefix)) continue;
    const files = (await ifThere(readdir(path.join(folder, prefix)))) ?? [];
    for (const name of files.toSorted())
      if (names.test(name)) yield path.join(folder, prefix, name);
  }
}
