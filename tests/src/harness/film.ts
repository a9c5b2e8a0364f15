import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Stack } from './stack.js';

const execute = promisify(execFile);

/** What ffprobe says of a film. */
export interface FilmFacts {
  durationMs: number;
  widthPx: number;
  heightPx: number;
  fps: number;
  frames: number;
  videoCodec: string;
  pixelFormat: string;
  audioCodec: string;
  sampleRateHz: number;
  streams: string[];
}

interface Probed {
  format: { duration: string };
  streams: {
    codec_type: string;
    codec_name: string;
    width?: number;
    height?: number;
    pix_fmt?: string;
    avg_frame_rate: string;
    nb_read_frames?: string;
    sample_rate?: string;
  }[];
}

/** Downloads a job's film into the stack's home and gives its path. */
export async function downloadFilm(
  { url, home }: Pick<Stack, 'url' | 'home'>,
  jobId: string,
): Promise<string> {
  const response = await fetch(`${url}/api/videos/${jobId}/download`, {
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`download answered ${response.status}`);
  const file = path.join(home, `${jobId}.mp4`);
  await writeFile(file, Buffer.from(await response.arrayBuffer()));
  return file;
}

export async function filmFacts(file: string): Promise<FilmFacts> {
  const args = ['-v', 'error', '-count_frames', '-of', 'json', '-show_format', '-show_streams'];
  const { stdout } = await execute('ffprobe', [...args, file]);
  const { format, streams } = JSON.parse(stdout) as Probed;
  const video = streams.find(({ codec_type }) => codec_type === 'video');
  const audio = streams.find(({ codec_type }) => codec_type === 'audio');
  const [over = 0, under = 1] = (video?.avg_frame_rate ?? '0/1').split('/').map(Number);
  return {
    durationMs: Number(format.duration) * 1_000,
    widthPx: video?.width ?? 0,
    heightPx: video?.height ?? 0,
    fps: over / under,
    frames: Number(video?.nb_read_frames ?? 0),
    videoCodec: video?.codec_name ?? '',
    pixelFormat: video?.pix_fmt ?? '',
    audioCodec: audio?.codec_name ?? '',
    sampleRateHz: Number(audio?.sample_rate ?? 0),
    streams: streams.map(({ codec_type }) => codec_type),
  };
}

/** What FFmpeg complains of while it decodes all of it; nothing where the film is sound. */
export async function decodeComplaints(file: string): Promise<string> {
  const args = ['-v', 'warning', '-xerror', '-i', file, '-f', 'null', '-'];
  return (await execute('ffmpeg', args)).stderr.trim();
}

/** Integrated loudness by EBU R128, in LUFS; −70 is silence. */
export async function loudnessLufs(file: string): Promise<number> {
  const args = ['-nostats', '-i', file, '-filter:a', 'ebur128', '-f', 'null', '-'];
  const { stderr } = await execute('ffmpeg', args, { maxBuffer: 2 ** 25 });
  const found = [...stderr.matchAll(/I:\s+(-?[\d.]+) LUFS/g)].at(-1);
  return Number(found?.[1] ?? Number.NaN);
}

/** The grey values (0 to 255) of a part of the picture at a moment; fractions of width and height. */
export async function greysAt(
  file: string,
  atMs: number,
  { top, bottom }: { top: number; bottom: number },
): Promise<Uint8Array> {
  const crop = `crop=iw:trunc(ih*${bottom - top}):0:trunc(ih*${top}),format=gray`;
  const seek = ['-v', 'error', '-ss', String(atMs / 1_000), '-i', file, '-frames:v', '1'];
  const { stdout } = await execute('ffmpeg', [...seek, '-vf', crop, '-f', 'rawvideo', '-'], {
    encoding: 'buffer',
    maxBuffer: 2 ** 25,
  });
  return stdout;
}

/** Mean absolute difference of two pictures of the same size. */
export function difference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length || a.length === 0) throw new Error('pictures of different sizes');
  return a.reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) / a.length;
}
