import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Failure, toFailure } from '@aura/failure';
import type { BlobRef } from '@aura/proto';
import type {
  ArtifactStore,
  Claim,
  ClaimTerms,
  DownloadWish,
  StoreStatistics,
  Verified,
  VerifyRequest,
} from '../artifact-store.js';
import { blobPlace, blobsOf, corrupt, gone, hex, resultPlace } from '../blob-names.js';
import { parsed } from '../files.js';
import type { LocalCache } from '../local-cache.js';
import type { Unused, UnusedRequest } from '../remove-unused.js';
import { newScratch, removeScratch } from '../scratch.js';
import { sweepFolder, type Swept, type SweepRequest } from '../sweep.js';
import { hashFile } from '../verify-blobs.js';
import { requireConditions } from './require-conditions.js';
import type { S3Bucket, S3Object } from './s3-bucket.js';
import { claimInBucket } from './s3-claims.js';
import { ResultNames, TOUCHED_AFTER_MS, removeBlobIfOld, removeUnusedIn } from './s3-unused.js';
import { s3Statistics, verifyBucket } from './s3-verify.js';

/** A blob up to this size is sent in one request, from memory. */
const SMALL_BYTES = 8 * 1024 * 1024;
/** Of those who find a result at the same time one touches it; the others see it young at their second look. */
const MOST_TOUCHES = 5;

export interface S3StoreParts {
  bucket: S3Bucket;
  cache: LocalCache;
  /** A folder of this machine for scratch. */
  root: string;
}

/**
 * An artifact store in a bucket: blobs/<2 hex>/<sha256>, results/<2 hex>/<key>.json, claims/<key>. Every object appears
 * whole or not at all, and what goes up is checked by its sum on the way. Local paths are verified copies in a
 * cache; scratch is on this machine. What is there is touched when it is half an hour old, so a look costs no write.
 */
export class S3Store implements ArtifactStore {
  private readonly names = new ResultNames();
  private suitable: Promise<void> | undefined;

  constructor(private readonly parts: S3StoreParts) {}

  async putFile(file: string, mediaType: string): Promise<BlobRef> {
    return guarded(async () => {
      const sha256 = await hashFile(file);
      const { size } = await stat(file);
      const blob: BlobRef = { sha256, bytes: size, mediaType };
      if (await this.touched(blob)) return blob;
      if (size <= SMALL_BYTES) await this.putSmall(blob, await readFile(file));
      else await this.parts.bucket.putLarge(blobPlace(sha256), file, blob);
      await this.parts.cache.adopt(file, blob);
      return blob;
    });
  }

  async putBytes(bytes: Uint8Array | string, mediaType: string): Promise<BlobRef> {
    return guarded(async () => {
      const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      const sha256 = createHash('sha256').update(content).digest('hex');
      const blob: BlobRef = { sha256, bytes: content.byteLength, mediaType };
      if (!(await this.touched(blob))) await this.putSmall(blob, content);
      return blob;
    });
  }

  async check(blob: BlobRef): Promise<void> {
    const found = await this.parts.bucket.head(blobPlace(blob.sha256));
    if (!found) throw gone(blob);
    if (!isLike(found, blob)) throw corrupt(blob);
  }

  async localPath(blob: BlobRef): Promise<string> {
    const place = blobPlace(blob.sha256);
    return guarded(async () => {
      const { cache } = this.parts;
      const fetched = await cache.have(blob, () => this.fetch(blob));
      // A second look: what broke off on its way is no reason to call a blob corrupt.
      const file = fetched ?? (await cache.have(blob, () => this.fetch(blob)));
      if (file !== undefined) return file;
      // Out of the way: whoever wants it finds that it has to be made again.
      await this.parts.bucket.remove(place);
      throw corrupt(blob);
    });
  }

  /** A range is not verified; a whole blob is read from its verified copy where there is one, else it is made. */
  async read(blob: BlobRef, range?: { start: number; end: number }): Promise<Readable> {
    const copy = await this.parts.cache.find(blob);
    if (copy !== undefined) return createReadStream(copy, range ?? {});
    if (!range) return createReadStream(await this.localPath(blob));
    await this.check(blob);
    const found = await this.parts.bucket.get(blobPlace(blob.sha256), range);
    if (!found) throw gone(blob);
    return found.body;
  }

  async has(blob: BlobRef): Promise<boolean> {
    const found = await this.parts.bucket.head(blobPlace(blob.sha256));
    return found !== undefined && isLike(found, blob);
  }

  async findResult<T>(key: string): Promise<T | undefined> {
    const result = await this.touchedResult(resultPlace(key));
    const blobs = blobsOf(result);
    if (result === undefined || !blobs) return undefined;
    const there = await Promise.all(blobs.map((blob) => this.has(blob)));
    return there.every(Boolean) ? (result as T) : undefined;
  }

  async putResult(key: string, result: unknown): Promise<void> {
    await this.parts.bucket.put(resultPlace(key), JSON.stringify(result));
  }

  async claim(key: string, terms: ClaimTerms): Promise<Claim | undefined> {
    const place = `claims/${hex(key)}`;
    await this.requireConditions();
    return claimInBucket(this.parts.bucket, place, terms);
  }

  async scratch(videoId: string, label: string): Promise<string> {
    return guarded(() => newScratch(this.parts.root, videoId, label));
  }

  async releaseScratch(videoId: string): Promise<number> {
    return removeScratch(this.parts.root, videoId);
  }

  async sweep(request: SweepRequest): Promise<Swept> {
    const { bucket, root } = this.parts;
    const { nowMs = bucket.now(), olderThanMs } = request;
    const before = nowMs - olderThanMs;
    const swept = await sweepFolder(root, request);
    const uploads = await bucket.abortUploads(before).catch(() => 0);
    let { claims } = swept;
    // A bucket that does not answer is swept another time; who works finds out what it lacks.
    for (const { key, at, etag } of await bucket.all('claims/').catch(() => [])) {
      if (at < before && (await bucket.remove(key, etag).catch(() => false))) claims += 1;
    }
    return { ...swept, parts: swept.parts + uploads, claims };
  }

  async removeUnused(request: UnusedRequest): Promise<Unused> {
    await this.requireConditions();
    return removeUnusedIn(this.parts.bucket, this.names, request);
  }

  async removeBlobs(
    sha256s: readonly string[],
    beforeMs: number,
    signal?: AbortSignal,
  ): Promise<string[]> {
    const removed: string[] = [];
    for (const sha256 of sha256s) {
      signal?.throwIfAborted();
      const found = await this.parts.bucket.head(blobPlace(sha256), signal);
      if (found && !(await removeBlobIfOld(this.parts.bucket, found, beforeMs, signal))) continue;
      await this.parts.cache.forget({ sha256 });
      removed.push(sha256);
    }
    return removed;
  }

  async downloadUrl(blob: BlobRef, { disposition, forMs }: DownloadWish): Promise<string> {
    const options = { fileName: disposition, mediaType: blob.mediaType, forMs };
    return this.parts.bucket.address(blobPlace(blob.sha256), options);
  }

  async statistics(): Promise<StoreStatistics> {
    return s3Statistics(this.parts.bucket);
  }

  async verify(request: VerifyRequest): Promise<Verified> {
    return verifyBucket(this.parts.bucket, request);
  }

  /** Once; after an outage it is asked again. */
  private requireConditions(): Promise<void> {
    this.suitable ??= requireConditions(this.parts.bucket).catch((error: unknown) => {
      this.suitable = undefined;
      throw error;
    });
    return this.suitable;
  }

  private async putSmall(blob: BlobRef, content: Uint8Array): Promise<void> {
    const { sha256, mediaType } = blob;
    await this.parts.bucket.put(blobPlace(sha256), content, { mediaType, sha256 });
  }

  private async fetch(blob: BlobRef): Promise<Readable> {
    const found = await this.parts.bucket.get(blobPlace(blob.sha256));
    if (!found) throw gone(blob);
    return found.body;
  }

  /** A result, which is in use from now on: with a new tag, which whoever is about to remove it does not know. */
  private async touchedResult(place: string): Promise<unknown> {
    const { bucket } = this.parts;
    for (let tries = 0; tries < MOST_TOUCHES; tries += 1) {
      const found = await bucket.text(place);
      if (!found) return undefined;
      if (bucket.now() - found.at < TOUCHED_AFTER_MS) return parsed(found.text);
      const other = found.text.endsWith('\n') ? found.text.trimEnd() : `${found.text}\n`;
      const condition = { etag: found.etag };
      if ((await bucket.put(place, other, { condition })) !== undefined) return parsed(found.text);
      // Somebody else has touched it, or has removed it.
    }
    throw new Failure('ArtifactStoreUnavailable', 'The artifact store does not take a change.');
  }

  /** Whether the blob is there already; then it counts as published now. */
  private async touched(blob: BlobRef): Promise<boolean> {
    const { bucket } = this.parts;
    const found = await bucket.head(blobPlace(blob.sha256));
    if (!found || !isLike(found, blob)) return false;
    if (bucket.now() - found.at < TOUCHED_AFTER_MS) return true;
    if (!(await bucket.touch(found, blob.mediaType))) return false;
    // Not every server makes young what is copied onto itself.
    const now = await bucket.head(found.key);
    return now !== undefined && now.at > found.at;
  }
}

/** As far as can be seen without reading it: its size, and its sum where the server keeps one. */
function isLike({ bytes, checksum }: S3Object, blob: BlobRef): boolean {
  if (bytes !== blob.bytes) return false;
  // Of what came in parts there is only a sum of sums.
  if (checksum === undefined || checksum.includes('-')) return true;
  return checksum === Buffer.from(blob.sha256, 'hex').toString('base64');
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toFailure(error);
  }
}
