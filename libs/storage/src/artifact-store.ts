import type { Readable } from 'node:stream';
import type { BlobRef } from '@aura/proto';
import type { Unused, UnusedRequest } from './remove-unused.js';
import type { Swept, SweepRequest } from './sweep.js';

/** Who claims, in words for operators, and how long the claim runs unless it is extended. */
export interface ClaimTerms {
  owner: string;
  ttlMs: number;
}

/** The right to do a piece of work, until it runs out, is taken over or is given up. */
export interface Claim {
  /** Lets the claim run anew from now; false where somebody else has taken it over. */
  extend(): Promise<boolean>;
  /** Gives it up, so that the next can have it at once. Idempotent, never throws. */
  release(): Promise<void>;
}

/** How a blob is to be given out by an address of its own. */
export interface DownloadWish {
  /** The value of its Content-Disposition header. */
  disposition: string;
  /** How long the address is good. */
  forMs: number;
}

/** What is stored, by number and size. Blobs that several results name are there once. */
export interface StoreStatistics {
  blobs: number;
  blobBytes: number;
  results: number;
  resultBytes: number;
}

export interface VerifyRequest {
  /** So many blobs are read at most; all where it is absent. */
  atMost?: number;
  /** `next` of the look before, to go on behind it. */
  after?: string;
  signal?: AbortSignal;
}

export interface Verified {
  checked: number;
  bytes: number;
  /** The sha256 of those whose content is another; they have been removed. */
  corrupt: string[];
  /** Where to go on; absent at the end. */
  next?: string;
}

/**
 * Where bytes live. Blobs are immutable and named by their sha256; results are small JSON records named
 * by the key of the work that made them. Nothing is visible before it is complete and on disk.
 */
export interface ArtifactStore {
  /**
   * Publishes a finished file. Moves it where the file system allows, copies otherwise; idempotent.
   * Errors: OutOfDiskSpace, OutputDirectoryNotWritable.
   */
  putFile(file: string, mediaType: string): Promise<BlobRef>;
  /** Publishes bytes that are in memory (captions, timings, reports: kilobytes, never media). */
  putBytes(bytes: Uint8Array | string, mediaType: string): Promise<BlobRef>;
  /**
   * The blob as a local file to read, never to write, or to rename. Its content is verified.
   * Errors: ArtifactGone, BlobCorrupt.
   */
  localPath(blob: BlobRef): Promise<string>;
  /** That it is there, as far as can be told without fetching it. Errors: ArtifactGone, BlobCorrupt. */
  check(blob: BlobRef): Promise<void>;
  /** Streams a blob or an inclusive range of it, verified unless it is a range of what lies far away. Errors: ArtifactGone, BlobCorrupt. */
  read(blob: BlobRef, range?: { start: number; end: number }): Promise<Readable>;
  /** Whether it is there, with the content that its name says. Where that cannot be read, it throws. */
  has(blob: BlobRef): Promise<boolean>;
  /**
   * What the work with this key gave, if it is recorded and all its blobs are still there, unharmed. A record that
   * cannot be read is no record that is not there: it throws, so that nothing is done and paid for twice.
   */
  findResult<T>(key: string): Promise<T | undefined>;
  /** Records what the work with this key gave. Atomic; the last writer of equal work wins. */
  putResult(key: string, result: unknown): Promise<void>;
  /**
   * Claims the work with this key, for at most one claimant at a time; undefined while somebody else's
   * claim runs. Ask again later. Errors: OutOfDiskSpace, OutputDirectoryNotWritable.
   */
  claim(key: string, terms: ClaimTerms): Promise<Claim | undefined>;
  /**
   * A folder of its own on this machine for one attempt. The caller removes it; what a crash leaves goes
   * with `releaseScratch`, or with a sweep of the store.
   */
  scratch(videoId: string, label: string): Promise<string>;
  /**
   * Makes room: removes results that nobody has recorded or found for long, and blobs that nothing names any
   * more. Safe beside workers. What is removed is made again when it is wanted.
   */
  removeUnused(request: UnusedRequest): Promise<Unused>;
  /**
   * Removes blobs that their owner does not want any more, by sha256, but those published since `beforeMs` (ms since
   * 1970): somebody may be about to name them. Gives those that are not there any more. A result that names one of
   * them is found no more. It fails where `signal` ends it; what is gone by then is gone. Idempotent.
   */
  removeBlobs(
    sha256s: readonly string[],
    beforeMs: number,
    signal?: AbortSignal,
  ): Promise<string[]>;
  /** Removes all scratch folders of one video on this machine; says how many. Idempotent. */
  releaseScratch(videoId: string): Promise<number>;
  /** Removes what crashes have left behind. Safe beside other workers; see `sweepFolder`. */
  sweep(request: SweepRequest): Promise<Swept>;
  /** An address that gives a blob to whoever has it, for a while; undefined where this store has none to give. */
  downloadUrl(blob: BlobRef, wish: DownloadWish): Promise<string | undefined>;
  /** Counts everything. It takes as long as listing it. */
  statistics(): Promise<StoreStatistics>;
  /**
   * Reads blobs through, in the order of their names, and removes those whose content is another than their name says:
   * what names them is found no more, so it is made again. Safe beside workers.
   */
  verify(request: VerifyRequest): Promise<Verified>;
}
