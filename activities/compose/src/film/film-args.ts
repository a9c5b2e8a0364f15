import { inputGuards } from '@aura/media';
import { charactersOf, shownText } from '../captions/plain-text.js';
import { FFMPEG_HEAD } from '../segment/encoder-args.js';
import { timescaleOf } from '../film-constants.js';

export interface JoinRequest {
  /** A concat list of segments, the mastered sound and an ffmetadata file, as names of ours. */
  list: string;
  sound: string;
  metadata: string;
  /** ISO 639-2. */
  language: string;
  fps: number;
  output: string;
}

/** Joins segments and sound into the film without touching a picture or a sample. */
export function joinArgs(request: JoinRequest): string[] {
  const { list, sound, metadata, language, fps, output } = request;
  const timescale = String(timescaleOf(fps));
  return [
    FFMPEG_HEAD,
    ['-f', 'concat', '-format_whitelist', 'concat,mov', '-protocol_whitelist', 'file'],
    ['-codec_whitelist', 'h264', '-i', `file:${list}`],
    inputGuards('mov', ['aac']),
    ['-i', `file:${sound}`],
    ['-f', 'ffmetadata', '-format_whitelist', 'ffmetadata', '-protocol_whitelist', 'file'],
    ['-i', `file:${metadata}`],
    ['-map', '0:v:0', '-map', '1:a:0', '-map_metadata', '2', '-c', 'copy'],
    ['-metadata:s:v:0', `language=${language}`, '-metadata:s:a:0', `language=${language}`],
    ['-video_track_timescale', timescale, '-movie_timescale', timescale],
    ['-fflags', '+bitexact', '-movflags', '+faststart', '-f', 'mp4', `file:${output}`],
  ].flat();
}

/** The list of what is joined, in order; names of ours that need no quoting. */
export function concatList(files: readonly string[]): string {
  return ['ffconcat version 1.0', ...files.map((file) => `file ${file}`), ''].join('\n');
}

const MAX_TITLE_CHARACTERS = 200;

/** The film's metadata in FFmpeg's own format, so that a title is never an argument. */
export function metadataFile(title: string): string {
  const shown = charactersOf(shownText(title)).slice(0, MAX_TITLE_CHARACTERS).join('');
  const safe = shown.replace(/[=;#\\]/g, String.raw`\$&`);
  return `;FFMETADATA1\ntitle=${safe}\n`;
}

export interface ThumbnailRequest {
  film: string;
  atS: number;
  widthPx: number;
  output: string;
}

/** One frame of the film as a JPEG (JFIF: full range, BT.601). */
export function thumbnailArgs({ film, atS, widthPx, output }: ThumbnailRequest): string[] {
  const scale = `scale=${widthPx}:-2:flags=lanczos+accurate_rnd`;
  const colour = 'in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=pc';
  return [
    FFMPEG_HEAD,
    inputGuards('mov', ['h264']),
    ['-ss', atS.toFixed(3), '-i', `file:${film}`, '-map', '0:v:0', '-frames:v', '1'],
    ['-vf', `${scale}:${colour},format=yuvj420p`, '-c:v', 'mjpeg', '-q:v', '3'],
    ['-map_metadata', '-1', '-fflags', '+bitexact', '-f', 'mjpeg', `file:${output}`],
  ].flat();
}
