import { open } from 'node:fs/promises';

/** One top-level box of an ISO base media file. */
export interface Mp4Box {
  type: string;
  offset: number;
  bytes: number;
}

const MAX_BOXES = 1_000;

/**
 * The top-level boxes of an MP4 in their order (ISO/IEC 14496-12, 4.2). A box that claims more than the
 * file holds ends the list: a truncated file shows by its missing boxes.
 */
export async function readMp4Boxes(file: string): Promise<Mp4Box[]> {
  const handle = await open(file, 'r');
  try {
    const { size: fileBytes } = await handle.stat();
    const boxes: Mp4Box[] = [];
    const header = Buffer.alloc(16);
    let offset = 0;
    while (offset + 8 <= fileBytes && boxes.length < MAX_BOXES) {
      await handle.read(header, 0, 16, offset);
      const bytes = boxBytes(header, fileBytes - offset);
      if (bytes < 8 || offset + bytes > fileBytes) break;
      boxes.push({ type: header.toString('latin1', 4, 8), offset, bytes });
      offset += bytes;
    }
    return boxes;
  } finally {
    await handle.close();
  }
}

/** 1 means that a 64-bit size follows the type, 0 that the box reaches to the end of the file. */
function boxBytes(header: Buffer, bytesLeft: number): number {
  const short = header.readUInt32BE(0);
  if (short === 0) return bytesLeft;
  return short === 1 ? Number(header.readBigUInt64BE(8)) : short;
}
