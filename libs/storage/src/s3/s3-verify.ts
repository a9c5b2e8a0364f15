import { createHash } from 'node:crypto';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { StoreStatistics, Verified, VerifyRequest } from '../artifact-store.js';
import { HashedBlobs } from '../hashed-blobs.js';
import type { S3Bucket } from './s3-bucket.js';

/** Counts what is in a bucket, by listing it. */
export async function s3Statistics(bucket: S3Bucket): Promise<StoreStatistics> {
  const statistics = { blobs: 0, blobBytes: 0, results: 0, resultBytes: 0 };
  for await (const { bytes } of bucket.list('blobs/')) {
    statistics.blobs += 1;
    statistics.blobBytes += bytes;
  }
  for await (const { bytes } of bucket.list('results/')) {
    statistics.results += 1;
    statistics.resultBytes += bytes;
  }
  return statistics;
}

/** What `verify` of a store does, in a bucket: every blob is read through. */
export async function verifyBucket(bucket: S3Bucket, request: VerifyRequest): Promise<Verified> {
  const hashed = new HashedBlobs(request);
  for await (const { key, bytes, etag } of bucket.list('blobs/')) {
    const sha256 = path.basename(key);
    if (!hashed.isNext(sha256)) continue;
    if (hashed.isEnough()) break;
    const hash = await hashOf(bucket, key);
    if (hash === undefined) continue;
    hashed.add({ sha256, bytes, isIntact: hash === sha256 });
    if (hash !== sha256) await bucket.remove(key, etag);
  }
  return hashed.verified();
}

async function hashOf(bucket: S3Bucket, key: string): Promise<string | undefined> {
  const found = await bucket.get(key);
  if (!found) return undefined;
  const hash = createHash('sha256');
  await pipeline(found.body, hash);
  return hash.digest('hex');
}
