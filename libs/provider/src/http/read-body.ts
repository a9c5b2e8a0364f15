import { open, unlink } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { WireFault } from './wire-fault.js';

/**
 * The body after decompression, which nobody asked for and some servers do all the same: limits count what
 * unpacks, so that a small bomb stays small.
 */
export function unpacked(body: Readable, encoding: string): Readable {
  const unpack = UNPACKERS[encoding.trim().toLowerCase()];
  if (!unpack) return body;
  const stream = unpack();
  // Errors of either end reach whoever reads the stream.
  pipeline(body, stream, () => undefined);
  return stream;
}

const UNPACKERS: Record<string, () => ReturnType<typeof createGunzip>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

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

/**
 * Streams a body into a new file and says its size; one chunk is in memory at a time. The file is removed when that
 * fails. Errors: WireFault `too large`, EEXIST, what the disk says.
 */
export async function readToFile(body: Readable, file: string, maxBytes: number): Promise<number> {
  const handle = await open(file, 'wx');
  try {
    const sizeBytes = await eachChunk(body, maxBytes, (chunk) => handle.writeFile(chunk));
    await handle.close();
    return sizeBytes;
  } catch (error) {
    await handle.close().catch(() => undefined);
    await unlink(file).catch(() => undefined);
    throw error;
  }
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
      throw new WireFault('too large', `the body is larger than ${maxBytes} bytes`, true);
    }
    await take(chunk as Buffer);
  }
  return sizeBytes;
}
