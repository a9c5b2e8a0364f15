import { open } from 'node:fs/promises';

const SIGNATURE = '89504e470d0a1a0a';

/**
 * Width and height of a PNG from its first chunk, without decoding it.
 * Errors: a RangeError where the file is not a PNG.
 */
export async function readPngSize(file: string): Promise<{ widthPx: number; heightPx: number }> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(24);
    const { bytesRead } = await handle.read(head, 0, 24, 0);
    const isPng =
      bytesRead === 24 &&
      head.toString('hex', 0, 8) === SIGNATURE &&
      head.toString('latin1', 12, 16) === 'IHDR';
    if (!isPng) throw new RangeError('not a PNG');
    return { widthPx: head.readUInt32BE(16), heightPx: head.readUInt32BE(20) };
  } finally {
    await handle.close();
  }
}
