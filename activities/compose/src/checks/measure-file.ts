import path from 'node:path';
import { probePackets, readMp4Boxes } from '@aura/media';
import { Failure } from '@aura/failure';
import type { FilmEncoding } from '@aura/proto';
import { decodersOf, demuxerOf, hasBoxes } from '../output/codec-facts.js';
import { timestampsOf, type FileFacts } from './film-facts.js';
import { packetSummer } from './packet-sums.js';

export interface MeasureRequest {
  ffprobePath: string;
  folder: string;
  /** A name of ours, relative to the folder. */
  file: string;
  encoding: FilmEncoding;
  signal: AbortSignal | undefined;
}

/** What can be measured on a film or a segment without decoding it. */
export async function measureFile(request: MeasureRequest): Promise<FileFacts> {
  const { ffprobePath, folder, file, signal, encoding } = request;
  const { container } = encoding;
  const boxes = hasBoxes(container) ? await readMp4Boxes(path.join(folder, file)) : [];
  const codecs = decodersOf(encoding);
  const reading = { file, cwd: folder, signal, demuxer: demuxerOf(container), codecs };
  const times: number[][] = [];
  const summer = packetSummer();
  try {
    const media = await probePackets(ffprobePath, reading, (packet) => {
      (times[packet.stream] ??= []).push(packet.pts);
      summer.note(packet);
    });
    const pictures = media.streams.findIndex(({ type }) => type === 'video');
    return {
      boxes,
      media,
      timestamps: timestampsOf(times[pictures] ?? []),
      packets: summer.sums(),
    };
  } catch (error) {
    if (isRefusal(error)) return { boxes };
    throw error;
  }
}

/** FFmpeg ended with an error because of what it was given to read. */
export function isRefusal(error: unknown): error is Failure {
  return error instanceof Failure && error.code.startsWith('FFmpegFailedExitCode:');
}
