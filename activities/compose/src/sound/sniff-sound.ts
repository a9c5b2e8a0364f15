import { open } from 'node:fs/promises';

/** How a file of sound is to be read, and nothing else may read it (X9). */
export interface SoundFormat {
  demuxer: string;
  codecs: readonly string[];
}

const MPEG: SoundFormat = { demuxer: 'mp3', codecs: ['mp3float', 'mp3'] };
const WAV: SoundFormat = {
  demuxer: 'wav',
  codecs: [16, 24, 32].map((bits) => `pcm_s${bits}le`).concat(['pcm_u8', 'pcm_f32le']),
};
const FLAC: SoundFormat = { demuxer: 'flac', codecs: ['flac'] };
const OGG: SoundFormat = {
  demuxer: 'ogg',
  codecs: ['vorbis', 'libvorbis', 'opus', 'libopus', 'flac'],
};
const MP4: SoundFormat = {
  demuxer: 'mov',
  codecs: ['aac', 'alac', 'mp3float', 'mp3', 'pcm_s16le', 'pcm_s24le', 'opus'],
};
const WEBM: SoundFormat = {
  demuxer: 'matroska',
  codecs: ['vorbis', 'libvorbis', 'opus', 'libopus'],
};
const ADTS: SoundFormat = { demuxer: 'aac', codecs: ['aac'] };

const HEAD_BYTES = 64;

/** What a file is by its first bytes, whatever its name says; undefined for what holds no sound that we read. */
export async function soundFormatOf(file: string): Promise<SoundFormat | undefined> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return formatOfHead(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

export function formatOfHead(head: Buffer): SoundFormat | undefined {
  const ascii = (from: number, to: number) => head.toString('latin1', from, to);
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WAVE') return WAV;
  if (ascii(0, 4) === 'fLaC') return FLAC;
  if (ascii(0, 4) === 'OggS') return OGG;
  if (ascii(4, 8) === 'ftyp') return MP4;
  if (head.toString('hex', 0, 4) === '1a45dfa3') return WEBM;
  if (ascii(0, 3) === 'ID3') return MPEG;
  const [first = 0, second = 0] = head;
  if (first === 0xff && (second & 0xf6) === 0xf0) return ADTS;
  return first === 0xff && (second & 0xe6) === 0xe2 ? MPEG : undefined;
}
