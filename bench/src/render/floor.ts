import { rm } from 'node:fs/promises';
import path from 'node:path';
import { runFfmpeg } from '@aura/media';
import { timed } from '../cpu-seconds.js';
import { RENDER } from './shots.js';

const PIECE_S = 8;

/** What x264 takes for the film's own frames, as they lie on the disk, with the film's own settings. */
export interface Floor {
  /** One piece at a time, as people run it. */
  cpuS: number;
  /** The same with the huge pages that Aura asks for. */
  hugePagesCpuS: number;
}

/** A piece of the film at a time: a minute would be six gigabytes. */
export async function floorOf(
  film: string,
  { folder, preset, seconds }: { folder: string; preset: string; seconds: number },
): Promise<Floor> {
  const raw = path.join(folder, 'floor.yuv');
  const floor: Floor = { cpuS: 0, hugePagesCpuS: 0 };
  for (let from = 0; from < seconds; from += PIECE_S) {
    await layFrames(film, { fromS: from, seconds: PIECE_S, raw });
    const args = encodingArgs(raw, preset);
    floor.cpuS += (await timed('ffmpeg', args)).cpuSeconds;
    floor.hugePagesCpuS += (await timed('ffmpeg', args, { hugePages: true })).cpuSeconds;
  }
  await rm(raw, { force: true });
  return floor;
}

/** Lays a piece of a film down as raw frames. */
export async function layFrames(
  film: string,
  { fromS, seconds, raw }: { fromS: number; seconds: number; raw: string },
): Promise<void> {
  const piece = ['-ss', String(fromS), '-t', String(seconds), '-i', film, '-map', '0:v'];
  const output = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-y', raw];
  await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', ...piece, ...output]);
}

/** FFmpeg's arguments for encoding raw frames as the film was, to nowhere. */
export function encodingArgs(raw: string, preset: string): string[] {
  const size = `${RENDER.widthPx}x${RENDER.heightPx}`;
  return [
    ['-nostdin', '-v', 'error', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', size],
    ['-r', String(RENDER.fps), '-i', raw, '-c:v', 'libx264', '-preset', preset, '-crf', '21'],
    ['-threads', '1', '-x264-params', '8x8dct=1:aq-mode=3:chroma-qp-offset=-4:stitchable=1'],
    ['-g', '120', '-f', 'null', '-'],
  ].flat();
}
