import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { BlobRef } from '@aura/proto';
import { ifThere } from './files.js';

export type BlobState = 'intact' | 'corrupt' | 'missing';

/** Enough for the blobs of some dozens of long films. */
const MAX_REMEMBERED = 10_000;
const READ_BYTES = 1024 * 1024;

/**
 * Says whether files have the content that they are named after. Each is hashed once (sha256 reads about
 * 1 GB/s) and again when its inode, size or times have changed, so that who asks often pays for a `stat`.
 * What a failing disk turns without telling is seen by the next process. Throws where a file is there and
 * cannot be read.
 */
export function blobVerifier(): (file: string, blob: BlobRef) => Promise<BlobState> {
  const known = new Map<string, { stamp: string; state: Promise<BlobState> }>();

  return async (file, { sha256, bytes }) => {
    const stamp = await stampOf(file);
    if (stamp === undefined) return 'missing';
    if (stamp.bytes !== bytes) return 'corrupt';
    const last = known.get(sha256);
    if (last?.stamp === stamp.text) return last.state;
    const state = contentOf(file, sha256);
    known.delete(sha256);
    known.set(sha256, { stamp: stamp.text, state });
    state.catch(() => known.delete(sha256));
    for (const [oldest] of known) {
      if (known.size <= MAX_REMEMBERED) break;
      known.delete(oldest);
    }
    return state;
  };
}

/** "missing" where it was removed after it was looked at. */
async function contentOf(file: string, sha256: string): Promise<BlobState> {
  const hash = await ifThere(hashFile(file));
  if (hash === undefined) return 'missing';
  return hash === sha256 ? 'intact' : 'corrupt';
}

/** The sha256 of a file's content in hex. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: READ_BYTES }), hash);
  return hash.digest('hex');
}

/** What changes with every write; undefined where there is no file. */
async function stampOf(file: string): Promise<{ bytes: number; text: string } | undefined> {
  const found = await ifThere(stat(file, { bigint: true }));
  if (!found?.isFile()) return undefined;
  const text = [found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ');
  return { bytes: Number(found.size), text };
}
