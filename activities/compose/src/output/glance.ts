import path from 'node:path';
import { inputGuards, runWatchedFfmpeg } from '@aura/media';
import type { FilmEncoding } from '@aura/proto';
import { readMetadataFile } from '../checks/metadata-file.js';
import type { ComposeTools } from '../compose-deps.js';
import type { FilmPlace } from '../film/film-plan.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { decodersOf, demuxerOf } from './codec-facts.js';
import { screenFilters } from './screen-filters.js';
import type { SpriteGrid } from './sprite-grid.js';

/** What was measured on one key frame, small. */
export interface Look {
  atMs: number;
  /** How wide edges are, in pixels: less is sharper. */
  blur: number;
  /** 0 to 1: how much there is to be seen. */
  entropy: number;
  /** 0 to 255. */
  brightness: number;
}

export interface GlanceRequest {
  film: string;
  encoding: FilmEncoding;
  grid: SpriteGrid;
  /** Names of ours: what is measured goes into one, the sheet of small pictures into the other. */
  facts: string;
  sheet: string;
}

const FACTS_FILE = 'looks.txt';

/**
 * Looks at a film's key frames, in one run: draws the sheet of small pictures for scrubbing and gives what
 * tells a good picture from a bad one. Nothing but key frames is decoded.
 */
export async function glanceAt(
  { ffmpegPath, stallMs }: ComposeTools,
  request: Omit<GlanceRequest, 'facts'>,
  { folder, signal }: FilmPlace,
): Promise<Look[]> {
  const args = glanceArgs({ ...request, facts: FACTS_FILE });
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
  return readLooks(path.join(folder, FACTS_FILE));
}

export function glanceArgs({ film, encoding, grid, facts, sheet }: GlanceRequest): string[] {
  const { everyS, count, columns, rows, widthPx, heightPx } = grid;
  const screen = screenFilters(encoding);
  const measure = `scale=320:-2,signalstats,entropy,blurdetect,metadata=mode=print:file=${facts}`;
  const tiles = [
    `fps=1/${everyS}:start_time=0:round=zero`,
    `tpad=stop=${count}:stop_mode=clone,trim=end_frame=${count}`,
    `scale=${widthPx}:${heightPx}:in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc`,
    `format=yuvj420p,tile=${columns}x${rows}`,
  ].join(',');
  const graph = `[0:v]${[...screen, 'split'].join(',')}[a][b];[a]${measure}[looks];[b]${tiles}[sheet]`;
  return [
    FFMPEG_HEAD,
    [
      '-threads',
      '1',
      '-filter_complex_threads',
      '1',
      '-discard:v',
      'nokey',
      '-skip_frame',
      'nokey',
    ],
    inputGuards(demuxerOf(encoding.container), decodersOf(encoding)),
    ['-i', `file:${film}`, '-filter_complex', graph],
    ['-map', '[looks]', '-f', 'null', '-'],
    ['-map', '[sheet]', '-frames:v', '1', '-c:v', 'mjpeg', '-q:v', '5'],
    ['-map_metadata', '-1', '-fflags', '+bitexact', '-f', 'mjpeg', `file:${sheet}`],
  ].flat();
}

async function readLooks(file: string): Promise<Look[]> {
  const looks = new Map<number, Look>();
  await readMetadataFile(file, ({ atMs, key, value }) => {
    const look = looks.get(atMs) ?? { atMs, blur: 0, entropy: 0, brightness: 0 };
    looks.set(atMs, look);
    if (key === 'lavfi.blur') look.blur = Number(value);
    if (key === 'lavfi.entropy.normalized_entropy.normal.Y') look.entropy = Number(value);
    if (key === 'lavfi.signalstats.YAVG') look.brightness = Number(value);
  });
  return [...looks.values()];
}
