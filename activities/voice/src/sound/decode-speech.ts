import { open, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import { runFfmpeg } from '@aura/media';
import { NARRATION_RATE } from './master-narration.js';
import { couldBeSamples, soundKind, type SoundKind } from './sniff-sound.js';
import { BadSound, readWav, wavBytes, type Sound } from './wav.js';

export interface DecodeOptions {
  ffmpegPath: string;
  scratch: string;
  signal?: AbortSignal | undefined;
  /** What is longer is not decoded further: no sound bomb fills the disk. */
  longestMs: number;
  /** Rate of raw 16-bit mono samples, where those were asked for; files of a known kind are read as such still. */
  pcmRate?: number | undefined;
}

/**
 * Reads the speech that a vendor sent: what it is follows from its content, the demuxer and the codec are
 * forced, and it comes back as mono samples at 48 kHz. A WAV whose header and length contradict each other was
 * cut off. Errors: NarrationInvalid; FFmpegNotFound, OutOfDiskSpace and their like.
 */
export async function decodeSpeech(file: string, options: DecodeOptions): Promise<Sound> {
  const { ffmpegPath, scratch, signal, longestMs, pcmRate } = options;
  const input = await inputOf(file, pcmRate);
  const decoded = path.join(scratch, `${path.basename(file)}.decoded.wav`);
  try {
    const source = input.kind === 'wav' ? await plainWav(file, scratch) : file;
    await runFfmpeg(ffmpegPath, decodeArgs(source, decoded, { ...input, longestMs }), { signal });
    return readWav(await readFile(decoded)).sound;
  } catch (error) {
    if (error instanceof BadSound) throw unusable(error.message, error);
    if (error instanceof Failure && isOfTheSound(error)) {
      throw unusable(`cannot be decoded as ${input.kind}: ${error.details ?? ''}`, error);
    }
    throw error;
  }
}

/** FFmpeg's own word. One that was killed says nothing of what it read. */
function isOfTheSound({ code }: Failure): boolean {
  return /^FFmpegFailedExitCode:\d+$/u.test(code);
}

/** Streamed WAVs do not know their length, which FFmpeg takes for damage: they get a header that is true. */
async function plainWav(file: string, scratch: string): Promise<string> {
  const { sound } = readWav(await readFile(file));
  const plain = path.join(scratch, `${path.basename(file)}.plain.wav`);
  await writeFile(plain, wavBytes(sound));
  return plain;
}

interface Input {
  kind: SoundKind | 'pcm';
  pcmRate?: number | undefined;
}

async function inputOf(file: string, pcmRate: number | undefined): Promise<Input> {
  const head = await headOf(file);
  const kind = soundKind(head);
  if (kind !== undefined) return { kind };
  if (pcmRate !== undefined && couldBeSamples(head)) {
    const { size } = await stat(file);
    if (size % 2 === 1) throw unusable('cut off: half a sample at its end');
    return { kind: 'pcm', pcmRate };
  }
  throw unusable(`no sound: it begins with ${head.subarray(0, 16).toString('hex')}`);
}

const HEAD_BYTES = 4_096;

async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await handle.read(buffer, 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Which decoders may run for a kind: an "Ogg" with anything else in it is refused. */
const FORMS: Readonly<Record<SoundKind | 'pcm', { demuxer: string; codecs: string }>> = {
  wav: { demuxer: 'wav', codecs: 'pcm_s16le' },
  mp3: { demuxer: 'mp3', codecs: 'mp3float,mp3' },
  ogg: { demuxer: 'ogg', codecs: 'opus,libopus,vorbis,libvorbis,flac' },
  flac: { demuxer: 'flac', codecs: 'flac' },
  pcm: { demuxer: 's16le', codecs: 'pcm_s16le' },
};

export function decodeArgs(
  input: string,
  output: string,
  { kind, pcmRate, longestMs }: Input & { longestMs: number },
): string[] {
  const { demuxer, codecs } = FORMS[kind];
  const quiet = '-hide_banner -nostdin -loglevel error -xerror -y'.split(' ');
  const raw = pcmRate === undefined ? [] : ['-ar', String(pcmRate), '-ac', '1'];
  const limits = ['-protocol_whitelist', 'file', '-codec_whitelist', codecs, '-threads', '1'];
  const read = [...limits, '-f', demuxer, ...raw, '-i', `file:${input}`];
  const filter = `aresample=${NARRATION_RATE}:filter_size=64:cutoff=0.97`;
  const convert = ['-map', '0:a:0', '-vn', '-af', filter, '-ac', '1', '-c:a', 'pcm_s16le'];
  const write = ['-t', (longestMs / 1_000).toFixed(3), '-map_metadata', '-1', '-f', 'wav'];
  return [...quiet, ...read, ...convert, ...write, '-fflags', '+bitexact', `file:${output}`];
}

function unusable(details: string, cause?: unknown): Failure {
  return new Failure('NarrationInvalid', 'The voice gave no usable sound.', { details, cause });
}
