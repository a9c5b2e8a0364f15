import path from 'node:path';
import type { Unused, UnusedRequest } from '../remove-unused.js';
import type { S3Bucket, S3Object } from './s3-bucket.js';

/** What is younger is not touched when it is found, or published again. */
export const TOUCHED_AFTER_MS = 30 * 60_000;

const ASKED_AT_ONCE = 500;
const READ_AT_ONCE = 16;
const MOST_KEPT = 200_000;

/** Which blobs results name, kept by the tag of their records: a bucket tells no contents when it lists. */
export class ResultNames {
  private readonly known = new Map<string, readonly string[]>();

  async of(bucket: S3Bucket, { key, etag }: S3Object): Promise<readonly string[]> {
    const name = `${key} ${etag}`;
    const known = this.known.get(name);
    if (known) return known;
    const text = (await bucket.text(key))?.text ?? '';
    const found = [...text.matchAll(/"sha256":"([0-9a-f]{64})"/g)].map(([, sha256 = '']) => sha256);
    this.known.set(name, found);
    for (const [oldest] of this.known) {
      if (this.known.size <= MOST_KEPT) break;
      this.known.delete(oldest);
    }
    return found;
  }
}

/**
 * What `removeUnused` of a folder does, in a bucket. A result goes only where nobody has touched it since it was
 * listed: its tag is a condition of the removal. Blobs are looked at once more right before they go.
 */
export async function removeUnusedIn(
  bucket: S3Bucket,
  names: ResultNames,
  { beforeMs, inUse, atMost }: UnusedRequest,
): Promise<Unused> {
  const objects = await bucket.all('results/');
  const named = new Set<string>();
  for (let from = 0; from < objects.length; from += READ_AT_ONCE) {
    const some = objects.slice(from, from + READ_AT_ONCE);
    for (const found of await Promise.all(some.map((one) => names.of(bucket, one))))
      for (const sha256 of found) named.add(sha256);
  }
  let results = 0;
  for (const one of objects) {
    if (results >= atMost) break;
    if (isOld(one, beforeMs) && (await bucket.remove(one.key, one.etag))) results += 1;
  }
  let blobs = 0;
  const old = (await bucket.all('blobs/')).filter(
    (one) => isOld(one, beforeMs) && !named.has(path.basename(one.key)),
  );
  for (let from = 0; from < old.length; from += ASKED_AT_ONCE) {
    const some = old.slice(from, from + ASKED_AT_ONCE);
    const used = await inUse(some.map(({ key }) => path.basename(key)));
    for (const one of some) {
      if (results + blobs >= atMost) return { results, blobs };
      if (used.has(path.basename(one.key))) continue;
      const now = await bucket.head(one.key);
      if (now && (await removeBlobIfOld(bucket, now, beforeMs))) blobs += 1;
    }
  }
  return { results, blobs };
}

/** Whether it has gone. */
export async function removeBlobIfOld(
  bucket: S3Bucket,
  found: S3Object,
  beforeMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  return isOld(found, beforeMs) && bucket.remove(found.key, found.etag, signal);
}

/** It may have been found, or published again, for so long without being touched. */
function isOld({ at }: S3Object, beforeMs: number): boolean {
  return at + TOUCHED_AFTER_MS < beforeMs;
}
