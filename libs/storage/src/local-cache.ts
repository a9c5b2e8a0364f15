import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BlobRef } from '@aura/proto';
import { blobPlace } from './blob-names.js';
import { ifThere, makeFolder } from './files.js';
import { blobVerifier, hashFile } from './verify-blobs.js';

/** What was asked for within this time stays, whatever room it takes: somebody may be about to open it. */
const IN_USE_MS = 60 * 60_000;

/**
 * Verified copies, in one folder of this machine, of blobs that live elsewhere. It holds at most `mostBytes` of what
 * nobody has asked for within an hour; the least lately used go first. Nothing in it is needed: it may be
 * emptied at any time between jobs.
 */
export class LocalCache {
  private readonly stateOf = blobVerifier();
  private readonly fetching = new Map<string, Promise<string | undefined>>();
  /** Bytes that are there; undefined until they are counted. */
  private bytes: number | undefined;

  constructor(
    private readonly root: string,
    private readonly mostBytes: number,
  ) {}

  /** The copy, where there is one; it counts as used now. */
  async find(blob: BlobRef): Promise<string | undefined> {
    const file = this.place(blob);
    if ((await this.stateOf(file, blob)) !== 'intact') return undefined;
    const now = new Date();
    return ifThere(utimes(file, now, now).then(() => file));
  }

  /**
   * The copy, made where there is none: once for all who ask at the same time. Undefined where what came does not have
   * the content that the name says; then nothing of it is kept.
   */
  async have(blob: BlobRef, fetch: () => Promise<Readable>): Promise<string | undefined> {
    const found = await this.find(blob);
    if (found !== undefined) return found;
    const known = this.fetching.get(blob.sha256);
    if (known) return known;
    const making = this.make(blob, (part) => fetch().then((body) => write(body, part)));
    this.fetching.set(blob.sha256, making);
    try {
      return await making;
    } finally {
      this.fetching.delete(blob.sha256);
    }
  }

  /** Takes a file over that has just been stored, as it is; it is gone from where it was. */
  async adopt(file: string, blob: BlobRef): Promise<void> {
    await this.make(blob, (part) =>
      rename(file, part).catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EXDEV') throw error;
        await write(createReadStream(file), part);
        await rm(file);
      }),
    );
  }

  async forget(blob: Pick<BlobRef, 'sha256'>): Promise<void> {
    await rm(this.place(blob), { force: true });
    this.bytes = undefined;
  }

  private async make(
    blob: BlobRef,
    write: (part: string) => Promise<void>,
  ): Promise<string | undefined> {
    const file = this.place(blob);
    const part = `${file}.${randomBytes(6).toString('hex')}.part`;
    await makeFolder(path.dirname(file));
    try {
      await write(part);
      const isWhole = (await stat(part)).size === blob.bytes;
      if (!isWhole || (await hashFile(part)) !== blob.sha256) return undefined;
      const now = new Date();
      await utimes(part, now, now);
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
    }
    await this.makeRoom(blob.bytes);
    return file;
  }

  private async makeRoom(added: number): Promise<void> {
    if (this.bytes !== undefined) this.bytes += added;
    if (this.bytes !== undefined && this.bytes <= this.mostBytes) return;
    const copies = await this.copies();
    let bytes = copies.reduce((sum, copy) => sum + copy.bytes, 0);
    for (const copy of copies.toSorted((a, b) => a.usedAt - b.usedAt)) {
      if (bytes <= this.mostBytes || copy.usedAt > Date.now() - IN_USE_MS) break;
      await rm(copy.file, { force: true });
      bytes -= copy.bytes;
    }
    this.bytes = bytes;
  }

  private async copies(): Promise<{ file: string; bytes: number; usedAt: number }[]> {
    const folder = path.join(this.root, 'blobs');
    const entries = (await ifThere(readdir(folder, { recursive: true }))) ?? [];
    const found = await Promise.all(
      entries.map(async (entry) => {
        const file = path.join(folder, entry);
        const facts = await ifThere(stat(file));
        return facts?.isFile() ? [{ file, bytes: facts.size, usedAt: facts.mtimeMs }] : [];
      }),
    );
    return found.flat();
  }

  private place({ sha256 }: Pick<BlobRef, 'sha256'>): string {
    return path.join(this.root, blobPlace(sha256));
  }
}

function write(body: Readable, file: string): Promise<void> {
  return pipeline(body, createWriteStream(file, { flags: 'wx' }));
}
