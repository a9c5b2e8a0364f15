import type { FileHandle } from 'node:fs/promises';

export interface PictureSize {
  widthPx: number;
  heightPx: number;
}

/** Before the size of a JPEG stand its segments of metadata; a picture has some, a trap has many. */
const MOST_SEGMENTS = 300;

/**
 * Width and height of a picture as its head says, without decoding it; undefined where the head is damaged.
 * Source: PNG 3rd edition §11.2.1, ISO/IEC 10918-1 §B.2.2, RFC 9649 §2.5–2.7.
 */
export async function pictureSizeOf(
  file: FileHandle,
  mediaType: string,
): Promise<PictureSize | undefined> {
  if (mediaType === 'image/jpeg') return jpegSize(file);
  const head = await bytesAt(file, 0, 30);
  if (mediaType === 'image/png') {
    if (head.length < 24 || head.toString('latin1', 12, 16) !== 'IHDR') return undefined;
    return sized(head.readUInt32BE(16), head.readUInt32BE(20));
  }
  return head.length < 30 ? undefined : webpSize(head);
}

function webpSize(head: Buffer): PictureSize | undefined {
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return sized(head.readUInt16LE(26) & 0x3fff, head.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return sized((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return sized(head.readUIntLE(24, 3) + 1, head.readUIntLE(27, 3) + 1);
    default:
      return undefined;
  }
}

/** Walks from segment to segment up to the frame's head. */
async function jpegSize(file: FileHandle): Promise<PictureSize | undefined> {
  let at = 2;
  for (let segment = 0; segment < MOST_SEGMENTS; segment += 1) {
    const head = await bytesAt(file, at, 9);
    if (head.length < 9 || head[0] !== 0xff) return undefined;
    const marker = head[1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return sized(head.readUInt16BE(7), head.readUInt16BE(5));
    if (marker === 0xd9 || marker === 0xda) return undefined;
    at += 2 + head.readUInt16BE(2);
  }
  return undefined;
}

function sized(widthPx: number, heightPx: number): PictureSize | undefined {
  return widthPx > 0 && heightPx > 0 ? { widthPx, heightPx } : undefined;
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
