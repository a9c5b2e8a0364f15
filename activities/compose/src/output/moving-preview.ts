import { inputGuards, runWatchedFfmpeg } from '@aura/media';
import type { FilmEncoding } from '@aura/proto';
import type { ComposeTools } from '../compose-deps.js';
import type { FilmPlace } from '../film/film-plan.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { decodersOf, demuxerOf } from './codec-facts.js';
import { screenFilters } from './screen-filters.js';

export const PREVIEWS = {
  gif: { file: 'preview.gif', mediaType: 'image/gif' },
  webp: { file: 'preview.webp', mediaType: 'image/webp' },
} as const;

export type PreviewKind = keyof typeof PREVIEWS;

const LENGTH_S = 6;
const LONG_SIDE_PX = 480;
const PICTURES_A_SECOND = 12;

/** The first seconds of the film as a picture that moves, small, and over and over. */
export async function makePreview(
  { ffmpegPath, stallMs }: ComposeTools,
  request: { kind: PreviewKind; film: string; encoding: FilmEncoding },
  { folder, signal }: FilmPlace,
): Promise<void> {
  const args = previewArgs(request);
  await runWatchedFfmpeg(ffmpegPath, args, { step: 'mux', cwd: folder, signal, stallMs });
}

export function previewArgs({
  kind,
  film,
  encoding,
}: {
  kind: PreviewKind;
  film: string;
  encoding: FilmEncoding;
}): string[] {
  const side = `min(${LONG_SIDE_PX}\\,iw)`;
  const small = [
    ...screenFilters(encoding),
    `fps=${PICTURES_A_SECOND}`,
    `scale='if(gte(iw,ih),${side},-2)':'if(gte(iw,ih),-2,min(${LONG_SIDE_PX}\\,ih))':flags=lanczos`,
  ].join(',');
  // A GIF has 256 colours: those of the film itself, and what changes gets them first.
  const palette =
    'split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle';
  const filter = kind === 'gif' ? `${small},${palette}` : small;
  const encoder =
    kind === 'gif'
      ? ['-c:v', 'gif']
      : ['-c:v', 'libwebp_anim', '-quality', '70', '-compression_level', '4'];
  return [
    FFMPEG_HEAD,
    inputGuards(demuxerOf(encoding.container), decodersOf(encoding)),
    ['-t', String(LENGTH_S), '-i', `file:${film}`, '-an', '-filter_complex', `[0:v]${filter}`],
    [...encoder, '-loop', '0', '-map_metadata', '-1', '-fflags', '+bitexact'],
    ['-f', kind, `file:${PREVIEWS[kind].file}`],
  ].flat();
}
