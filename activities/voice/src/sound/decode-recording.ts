import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import { inputGuards, readWavHeader, runFfmpeg } from '@aura/media';
import type { BlobRef } from '@aura/proto';
import { NARRATION_RATE } from './master-narration.js';
import { BadSound, readWav, type Sound } from './wav.js';

export interface RecordingOptions {
  ffmpegPath: string;
  scratch: string;
  signal?: AbortSignal | undefined;
  /** What is longer is not decoded further. */
  longestMs: number;
}

interface Form {
  demuxer: string;
  codecs: readonly string[];
}

/** How the sounds that can be uploaded are read, by what they were found to be; nothing else may read them (X9). */
const FORMS: Readonly<Record<string, Form>> = {
  'audio/wav': {
    demuxer: 'wav',
    codecs: ['pcm_s16le', 'pcm_s24le', 'pcm_s32le', 'pcm_u8', 'pcm_f32le'],
  },
  'audio/mpeg': { demuxer: 'mp3', codecs: ['mp3float', 'mp3'] },
  'audio/flac': { demuxer: 'flac', codecs: ['flac'] },
  'audio/ogg': { demuxer: 'ogg', codecs: ['opus', 'libopus', 'vorbis', 'libvorbis', 'flac'] },
  'audio/mp4': { demuxer: 'mov', codecs: ['aac', 'alac'] },
};

/**
 * Reads what a user has recorded as mono samples at 48 kHz. What is damaged or cut off is refused: of words nothing
 * may be missing. Errors: AssetInvalid; those of `runFfmpeg`.
 */
export async function decodeRecording(
  file: string,
  { mediaType }: Pick<BlobRef, 'mediaType'>,
  { ffmpegPath, scratch, signal, longestMs }: RecordingOptions,
): Promise<Sound> {
  const form = FORMS[mediaType];
  if (!form) throw unusable(`${mediaType} is no sound`);
  const decoded = path.join(scratch, 'recording.wav');
  try {
    // FFmpeg takes one that was cut off, or whose header promises too much, for whole (X5).
    if (mediaType === 'audio/wav') await readWavHeader(file);
    await runFfmpeg(ffmpegPath, recordingArgs(form, { file, decoded, longestMs }), { signal });
    return readWav(await readFile(decoded)).sound;
  } catch (error) {
    const isOfTheFile =
      error instanceof BadSound ||
      error instanceof RangeError ||
      (error instanceof Failure && /^FFmpegFailedExitCode:\d+$/u.test(error.code));
    throw isOfTheFile ? unusable(reasonOf(error), error) : error;
  }
}

function recordingArgs(
  { demuxer, codecs }: Form,
  { file, decoded, longestMs }: { file: string; decoded: string; longestMs: number },
): string[] {
  const quiet = '-hide_banner -nostdin -loglevel error -xerror -y -threads 1'.split(' ');
  const read = [...inputGuards(demuxer, codecs), '-i', `file:${file}`];
  const filter = `aresample=${NARRATION_RATE}:filter_size=64:cutoff=0.97`;
  const convert = ['-map', '0:a:0', '-vn', '-sn', '-dn', '-af', filter, '-ac', '1'];
  const write = ['-t', (longestMs / 1_000).toFixed(3), '-map_metadata', '-1', '-c:a', 'pcm_s16le'];
  return [...quiet, ...read, ...convert, ...write, '-f', 'wav', `file:${decoded}`];
}

function reasonOf(error: unknown): string {
  if (error instanceof Failure) return error.details ?? error.message;
  return error instanceof Error ? error.message : '';
}

export function unusable(details: string, cause?: unknown): Failure {
  return new Failure('AssetInvalid', 'A recording of the narration cannot be used.', {
    details,
    cause,
    remediation: 'Save it anew as WAV, FLAC, MP3, Ogg or M4A and upload it again.',
  });
}
