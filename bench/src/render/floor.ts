import { rm } from 'node:fs/promises';
import path from 'node:path';
import { runFfmpeg } from '@aura/media';
import { timed } from '../cpu-seconds.js';
import { RENDER } from './render-film.js';

const PIECE_S = 8;

/**
 * CPU seconds that x264 takes for the film's own frames, as they lie on the disk, with the film's own settings. A
 * piece of them at a time: a minute would be six gigabytes.
 */
export async function floorOf(
  film: string,
  { folder, preset, seconds }: { folder: string; preset: string; seconds: number },
): Promise<number> {
  const raw = path.join(folder, 'floor.yuv');
  const size = `${RENDER.widthPx}x${RENDER.heightPx}`;
  let cpuS = 0;
  for (let from = 0; from < seconds; from += PIECE_S) {
    const piece = ['-ss', String(from), '-t', String(PIECE_S), '-i', film, '-map', '0:v'];
    const output = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-y', raw];
    await runFfmpeg('ffmpeg', ['-nostdin', '-v', 'error', ...piece, ...output]);
    const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', size, '-r', String(RENDER.fps)];
    const encode = ['-c:v', 'libx264', '-preset', preset, '-crf', '21', '-threads', '1'];
    const params = ['-x264-params', '8x8dct=1:aq-mode=3:chroma-qp-offset=-4', '-g', '120'];
    const args = ['-nostdin', '-v', 'error', ...input, '-i', raw, ...encode, ...params];
    cpuS += (await timed('ffmpeg', [...args, '-f', 'null', '-'])).cpuSeconds;
  }
  await rm(raw, { force: true });
  return cpuS;
}
