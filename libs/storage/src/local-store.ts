import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile, rename, stat, unlink, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobRef } from '@aura/proto';
import { toFailure } from '@aura/failure';
import type {
  ArtifactStore,
  Claim,
  ClaimTerms,
  StoreStatistics,
  Verified,
  VerifyRequest,
} from './artifact-store.js';
import { blobPlace, blobsOf, corrupt, gone, hex, resultPlace } from './blob-names.js';
import { ifThere, makeFolder, parsed, sync, writeNew } from './files.js';
import { claimIn } from './local-claims.js';
import { removeOld, removeUnused, type Unused, type UnusedRequest } from './remove-unused.js';
import { newScratch, removeScratch } from './scratch.js';
import { sweepFolder, type Swept, type SweepRequest } from './sweep.js';
import { localStatistics, verifyFolder } from './verify-folder.js';
import { blobVerifier, hashFile, type BlobState } from './verify-blobs.js';

/**
 * An artifact store in one folder: blobs/<2 hex>/<sha256>, results/<2 hex>/<key>.json, claims/<key>.<n>,
 * scratch/<video>/….
 * Publishing is `*.part` in the same file system → fsync → rename → fsync of the folder.
 */
export class LocalStore implements ArtifactStore {
  private readonly looked = blobVerifier();

  constructor(private readonly root: string) {}

  async putFile(file: string, mediaType: string): Promise<BlobRef> {
    return this.guarded(async () => {
      const sha256 = await hashFile(file);
      const { size } = await stat(file);
      const blob: BlobRef = { sha256, bytes: size, mediaType };
      if (await this.touched(blob)) return blob;
      await this.publish(this.blobPath(sha256), async (part) => {
        await rename(file, part).catch(async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'EXDEV') throw error;
          await pipeline(createReadStream(file), createWriteStream(part, { flags: 'wx' }));
        });
      });
      return blob;
    });
  }

  async putBytes(bytes: Uint8Array | string, mediaType: string): Promise<BlobRef> {
    return this.guarded(async () => {
      const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      const sha256 = createHash('sha256').update(content).digest('hex');
      const blob: BlobRef = { sha256, bytes: content.byteLength, mediaType };
      if (!(await this.touched(blob))) {
        await this.publish(this.blobPath(sha256), (part) => writeNew(part, content));
      }
      return blob;
    });
  }

  async check(blob: BlobRef): Promise<void> {
    const file = this.blobPath(blob.sha256);
    const state = await this.guarded(() => this.looked(file, blob));
    if (state === 'missing') throw gone(blob);
    if (state === 'corrupt') throw corrupt(blob);
  }

  async localPath(blob: BlobRef): Promise<string> {
    await this.check(blob);
    return this.blobPath(blob.sha256);
  }

  async read(blob: BlobRef, range?: { start: number; end: number }): Promise<Readable> {
    const file = await this.localPath(blob);
    return createReadStream(file, range ?? {});
  }

  async has(blob: BlobRef): Promise<boolean> {
    return (await this.guarded(() => this.stateOf(blob))) === 'intact';
  }

  async findResult<T>(key: string): Promise<T | undefined> {
    const file = this.resultPath(key);
    return this.guarded(async () => {
      // In use from now on; see removeUnused.
      const json = await ifThere(touch(file).then(() => readFile(file, 'utf8')));
      const result = json === undefined ? undefined : parsed(json);
      const blobs = blobsOf(result);
      if (result === undefined || !blobs) return undefined;
      const states = await Promise.all(blobs.map((blob) => this.stateOf(blob)));
      return states.every((state) => state === 'intact') ? (result as T) : undefined;
    });
  }

  async putResult(key: string, result: unknown): Promise<void> {
    await this.guarded(() =>
      this.publish(this.resultPath(key), (part) => writeNew(part, JSON.stringify(result))),
    );
  }

  async claim(key: string, terms: ClaimTerms): Promise<Claim | undefined> {
    return this.guarded(async () => {
      const folder = path.join(this.root, 'claims');
      await makeFolder(folder);
      return claimIn(folder, hex(key), terms);
    });
  }

  async scratch(videoId: string, label: string): Promise<string> {
    return this.guarded(() => newScratch(this.root, videoId, label));
  }

  async releaseScratch(videoId: string): Promise<number> {
    return removeScratch(this.root, videoId);
  }

  async sweep(request: SweepRequest): Promise<Swept> {
    return sweepFolder(this.root, request);
  }

  async removeUnused(request: UnusedRequest): Promise<Unused> {
    return removeUnused(this.root, request);
  }

  async removeBlobs(
    sha256s: readonly string[],
    beforeMs: number,
    signal?: AbortSignal,
  ): Promise<string[]> {
    return this.guarded(async () => {
      const removed: string[] = [];
      for (const sha256 of sha256s) {
        signal?.throwIfAborted();
        const left = await removeOld(this.blobPath(sha256), beforeMs);
        if (left !== 'young') removed.push(sha256);
      }
      return removed;
    });
  }

  /** A folder has no address; a CDN may serve it. */
  async downloadUrl(): Promise<undefined> {
    return undefined;
  }

  async statistics(): Promise<StoreStatistics> {
    return this.guarded(() => localStatistics(this.root));
  }

  async verify(request: VerifyRequest): Promise<Verified> {
    return this.guarded(() => verifyFolder(this.root, request));
  }

  /** Whether the blob is there already; then it counts as published now. */
  private async touched(blob: BlobRef): Promise<boolean> {
    if ((await this.stateOf(blob)) !== 'intact') return false;
    return (await ifThere(touch(this.blobPath(blob.sha256)).then(() => true))) ?? false;
  }

  private stateOf(blob: BlobRef): Promise<BlobState> {
    return this.looked(this.blobPath(blob.sha256), blob);
  }

  private async publish(target: string, write: (part: string) => Promise<void>): Promise<void> {
    const folder = path.dirname(target);
    await makeFolder(folder);
    const part = `${target}.${randomBytes(6).toString('hex')}.part`;
    try {
      await write(part);
      await sync(part);
      await rename(part, target);
      await sync(folder);
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw error;
    }
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw toFailure(error);
    }
  }

  private blobPath(sha256: string): string {
    return path.join(this.root, blobPlace(sha256));
  }

  private resultPath(key: string): string {
    return path.join(this.root, resultPlace(key));
  }
}

/** Throws where the file is not there. */
async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now);
}
