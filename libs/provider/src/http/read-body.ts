import { open, unlink } from 'node:fs/promises';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { WireFault } from './wire-fault.js';

/**
 * The body after decompression, which nobody asked for and some servers do all the same: limits count what
 * unpacks, so that a small bomb stays small.
 */
export function unpacked(body: Readable, encoding: string): Readable {
  const unpack = UNPACKERS.get(encoding.trim().toLowerCase());
  if (!unpack) return body;
  const stream = unpack();
  // Errors of either end reach whoever reads the stream.
  pipeline(body, stream, () => undefined);
  return stream;
}

const UNPACKERS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/** Reads a body into memory. Errors: WireFault `too large` as soon as it passes the limit. */
export async function readToMemory(body: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  await eachChunk(body, maxBytes, async (chunk) => void chunks.push(chunk));
  return Buffer.concat(chunks);
}

/** The beginning of a body, for what an error says. The rest is not read. */
export async function readBeginning(body: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Buffer);
    sizeBytes += (chunk as Buffer).length;
    if (sizeBytes >= maxBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

/** A new file that a body goes to. */
export interface Target {
  write(chunk: Buffer): Promise<void>;
  /** Closes it; removes it unless it is kept. Idempotent, and never throws where it is not kept. */
  close(isKept: boolean): Promise<void>;
}

/** Errors: EEXIST, what the disk says. */
export async function openTarget(file: string): Promise<Target> {
  const handle = await open(file, 'wx');
  return {
    write: (chunk) => handle.writeFile(chunk),
    close: async (isKept) => {
      if (isKept) return handle.close();
      await handle.close().catch(() => undefined);
      await unlink(file).catch(() => undefined);
    },
  };
}

/**
 * Streams a body into a file and says its size; one chunk is in memory at a time. Errors: WireFault `too large`, what
 * the disk says.
 */
export async function readTo(target: Target, body: Readable, maxBytes: number): Promise<number> {
  return eachChunk(body, maxBytes, (chunk) => target.write(chunk));
}

async function eachChunk(
  body: Readable,
  maxBytes: number,
  take: (chunk: Buffer) => Promise<void>,
): Promise<number> {
  let sizeBytes = 0;
  for await (const chunk of body) {
    sizeBytes += (chunk as Buffer).length;
    if (sizeBytes > maxBytes) {
      throw new WireFault('too large', `the body is larger than ${maxBytes} bytes`);
    }
    await take(chunk as Buffer);
  }
  return sizeBytes;
}
