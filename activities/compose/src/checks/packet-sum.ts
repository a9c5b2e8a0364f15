import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inputGuards, runWatchedFfmpeg } from '@aura/media';
import type { FilmEncoding } from '@aura/proto';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { decodersOf, demuxerOf, segmentsInput } from '../output/codec-facts.js';

export interface PacketSumRequest {
  ffmpegPath: string;
  folder: string;
  /** A film of this encoding, or a concat list of segments, as a name of ours. */
  input: { film: string; encoding: FilmEncoding } | { list: string; encoding: FilmEncoding };
  signal: AbortSignal | undefined;
  stallMs: number;
}

const SUM_FILE = 'packets.txt';

/**
 * One sum over all packets of the pictures, in order, without decoding any: a film whose sum is that of its
 * segments shows what they show, and they were decoded when they were made.
 */
export async function packetSum(request: PacketSumRequest): Promise<string> {
  const { ffmpegPath, folder, input, signal, stallMs } = request;
  const args = packetSumArgs(input, SUM_FILE);
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
  return (await readFile(path.join(folder, SUM_FILE), 'utf8')).trim();
}

export function packetSumArgs(input: PacketSumRequest['input'], output: string): string[] {
  const { encoding } = input;
  const reading =
    'film' in input
      ? [
          inputGuards(demuxerOf(encoding.container), decodersOf(encoding)),
          '-i',
          `file:${input.film}`,
        ]
      : segmentsInput(input.list, encoding.codec);
  return [
    FFMPEG_HEAD,
    reading.flat(),
    ['-map', '0:v:0', '-c', 'copy', '-f', 'hash', '-hash', 'MD5', `file:${output}`],
  ].flat();
}
