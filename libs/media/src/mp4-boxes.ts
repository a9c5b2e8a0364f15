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

const MAX_INDEX_BYTES = 256 * 1024 * 1024;

/** The box that says how a track's pictures are decoded; of ProRes its sample description says it all. */
const CONFIG_BOXES = { h264: 'avcC', hevc: 'hvcC', av1: 'av1C', vp9: 'vpcC', prores: 'stsd' };

/**
 * The decoder configuration of an MP4's first track of a codec, as bytes (ISO/IEC 14496-15 and the AV1, VP9 and
 * QuickTime bindings): files can be joined without re-encoding only where it is equal. Undefined where there is none.
 */
export async function readDecoderConfig(
  file: string,
  codec: keyof typeof CONFIG_BOXES,
): Promise<Buffer | undefined> {
  const index = (await readMp4Boxes(file)).find(({ type }) => type === 'moov');
  if (!index || index.bytes > MAX_INDEX_BYTES) return undefined;
  const handle = await open(file, 'r');
  try {
    const moov = Buffer.alloc(index.bytes);
    await handle.read(moov, 0, index.bytes, index.offset);
    const at = moov.indexOf(CONFIG_BOXES[codec], 0, 'latin1');
    return at < 4 ? undefined : moov.subarray(at + 4, at - 4 + moov.readUInt32BE(at - 4));
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
