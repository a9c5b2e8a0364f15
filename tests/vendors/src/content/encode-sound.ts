import { runPiped } from './run-piped.js';
import type { Sound } from './speech.js';

export interface SoundFormat {
  container: 'mp3' | 'wav' | 'flac' | 'opus' | 'aac' | 'pcm' | 'ulaw' | 'alaw';
  rateHz: number;
  kbps?: number;
}

/** Encodes a sound, mono. Errors: an Error with ffmpeg's last words. */
export async function encodeSound(
  { samples, rateHz }: Sound,
  format: SoundFormat,
  signal?: AbortSignal,
): Promise<Buffer> {
  const input = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  if (format.container === 'wav' && format.rateHz === rateHz) return wavFile(input, rateHz);
  return runPiped(
    'ffmpeg',
    [
      '-hide_banner -nostdin -loglevel error -f s16le -ac 1 -ar',
      `${rateHz} -i pipe:0 -ar ${format.rateHz}`,
      CODECS[format.container],
      format.kbps === undefined ? '' : `-b:a ${format.kbps}k`,
      'pipe:1',
    ]
      .join(' ')
      .split(/\s+/u),
    { input, signal },
  );
}

/** ffmpeg cannot seek in a pipe, so a WAV of it says 0xFFFFFFFF for its lengths, as streaming vendors' do. */
const CODECS: Readonly<Record<SoundFormat['container'], string>> = {
  mp3: '-c:a libmp3lame -f mp3',
  wav: '-c:a pcm_s16le -f wav',
  flac: '-c:a flac -f flac',
  opus: '-c:a libopus -f ogg',
  aac: '-c:a aac -f adts',
  pcm: '-c:a pcm_s16le -f s16le',
  ulaw: '-c:a pcm_mulaw -f mulaw',
  alaw: '-c:a pcm_alaw -f alaw',
};

/** A WAV whose header is right, as Python's `wave` module writes it. */
function wavFile(data: Buffer, rateHz: number): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + data.length, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rateHz, 24);
  header.writeUInt32LE(rateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}
