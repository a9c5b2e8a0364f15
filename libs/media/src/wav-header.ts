import { open, type FileHandle } from 'node:fs/promises';

/** Where the samples of a WAV file lie and what they are. */
export interface WavHeader {
  /** 1 is plain PCM. */
  formatTag: number;
  channels: number;
  sampleRateHz: number;
  bitsPerSample: number;
  dataOffset: number;
  dataBytes: number;
}

const MAX_CHUNKS = 100;

/**
 * Reads the header of a RIFF/WAVE file and holds it against the file's own size: FFmpeg and ffprobe
 * accept truncated files, and headers that promise 4 GiB (X5).
 * Errors: a RangeError that says what is wrong.
 */
export async function readWavHeader(file: string): Promise<WavHeader> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const riff = await bytesAt(handle, 0, 12);
    if (riff.toString('latin1', 0, 4) !== 'RIFF' || riff.toString('latin1', 8, 12) !== 'WAVE') {
      throw new RangeError('not a RIFF/WAVE file');
    }
    return await walkChunks(handle, size);
  } finally {
    await handle.close();
  }
}

/**
 * The header of a WAV whose samples, mono and 16 bit, follow it.
 * Source: Multimedia Programming Interface and Data Specifications 1.0 (1991), RIFF WAVE.
 */
export function wavHeader(dataBytes: number, sampleRateHz: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRateHz, 24);
  header.writeUInt32LE(2 * sampleRateHz, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

async function walkChunks(handle: FileHandle, fileBytes: number): Promise<WavHeader> {
  let format: Buffer | undefined;
  let offset = 12;
  for (let chunk = 0; chunk < MAX_CHUNKS && offset + 8 <= fileBytes; chunk += 1) {
    const head = await bytesAt(handle, offset, 8);
    const id = head.toString('latin1', 0, 4);
    const bytes = head.readUInt32LE(4);
    const start = offset + 8;
    if (start + bytes > fileBytes) throw new RangeError(`the ${id} chunk is longer than the file`);
    if (id === 'fmt ') format = await bytesAt(handle, start, Math.min(bytes, 16));
    if (id === 'data') return headerOf(format, start, bytes);
    offset = start + bytes + (bytes % 2);
  }
  throw new RangeError('there is no data chunk');
}

function headerOf(format: Buffer | undefined, dataOffset: number, dataBytes: number): WavHeader {
  if (!format || format.length < 16) throw new RangeError('there is no fmt chunk');
  return {
    formatTag: format.readUInt16LE(0),
    channels: format.readUInt16LE(2),
    sampleRateHz: format.readUInt32LE(4),
    bitsPerSample: format.readUInt16LE(14),
    dataOffset,
    dataBytes,
  };
}

async function bytesAt(handle: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, offset);
  if (bytesRead < length) throw new RangeError('the file ends inside its header');
  return buffer;
}
