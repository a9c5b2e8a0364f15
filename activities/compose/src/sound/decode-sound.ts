import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import { inputGuards, runWatchedFfmpeg } from '@aura/media';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { soundFormatOf, type SoundFormat } from './sniff-sound.js';

export interface SoundTools {
  ffmpegPath: string;
  folder: string;
  signal: AbortSignal | undefined;
  stallMs?: number | undefined;
}

/** Raw sound: stereo, 48 kHz, signed 16 bit. */
export interface RawSound {
  file: string;
  samples: number;
}

export const STEREO_BYTES = 4;

/**
 * Decodes a file of anybody's into raw samples, at most `maxSamples` of it, by what its content says that it is.
 * Errors: AssetInvalid where it holds no sound that can be read; those of `runWatchedFfmpeg`.
 */
export async function decodeSound(
  tools: SoundTools,
  { source, output, maxSamples }: { source: string; output: string; maxSamples: number },
): Promise<RawSound> {
  const format = await soundFormatOf(source);
  if (!format) throw unusable('it is none of MP3, WAV, FLAC, Ogg, M4A, MP4 and WebM');
  const { ffmpegPath, folder, signal, stallMs } = tools;
  const args = decodeSoundArgs(format, { source, output, seconds: maxSamples / SAMPLE_RATE_HZ });
  try {
    await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
  } catch (error) {
    if (error instanceof Failure && error.code.startsWith('FFmpegFailedExitCode:')) {
      throw unusable(error.details ?? error.message, error);
    }
    throw error;
  }
  const file = path.join(folder, output);
  const samples = Math.floor((await stat(file)).size / STEREO_BYTES);
  if (samples === 0) throw unusable('it holds no sound');
  return { file, samples };
}

export function decodeSoundArgs(
  { demuxer, codecs }: SoundFormat,
  { source, output, seconds }: { source: string; output: string; seconds: number },
): string[] {
  return [
    // A broken frame in the middle of a piece of music is no reason to do without it.
    FFMPEG_HEAD.filter((argument) => argument !== '-xerror'),
    inputGuards(demuxer, codecs),
    ['-i', `file:${source}`, '-map', '0:a:0', '-vn', '-sn', '-dn', '-t', seconds.toFixed(3)],
    ['-af', 'aresample=async=1:first_pts=0', '-ar', String(SAMPLE_RATE_HZ), '-ac', '2'],
    ['-map_metadata', '-1', '-c:a', 'pcm_s16le', '-f', 's16le', `file:${output}`],
  ].flat();
}

function unusable(details: string, cause?: unknown): Failure {
  return new Failure('AssetInvalid', 'A piece of music or sound cannot be used.', {
    details,
    cause,
    remediation: 'Save it anew as WAV, FLAC, MP3, Ogg or M4A and upload it again.',
  });
}
