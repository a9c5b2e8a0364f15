import { inputGuards } from '@aura/media';
import type { FilmEncoding, FrameRate } from '@aura/proto';
import { ticksOf } from '../../film-constants.js';
import { FFMPEG_HEAD } from '../../segment/encoder-args.js';
import { decodersOf, demuxerOf } from '../codec-facts.js';
import type { Rung } from './rungs.js';

export interface RenditionRequest {
  /** The film, wherever it lies, and names of ours for what comes out, one for each rung. */
  film: string;
  outputs: { file: string; rung: Rung }[];
  encoding: FilmEncoding;
  rate: FrameRate;
}

/**
 * The smaller sizes of a film, without sound, all from one decoding. Key frames lie exactly where the film's own
 * do, and nowhere else: that is what lets players change between sizes.
 */
export function renditionArgs({ film, outputs, encoding, rate }: RenditionRequest): string[] {
  const parts = outputs.map((_output, index) => `[part${index}]`);
  const scales = outputs.map(
    ({ rung }, index) =>
      `[part${index}]scale=${rung.widthPx}:${rung.heightPx}:flags=bicubic,setsar=1[out${index}]`,
  );
  const timescale = String(ticksOf(rate).timescale);
  return [
    FFMPEG_HEAD,
    inputGuards(demuxerOf(encoding.container), decodersOf(encoding)),
    ['-i', `file:${film}`],
    ['-filter_complex', [`[0:v]split=${outputs.length}${parts.join('')}`, ...scales].join(';')],
    outputs.flatMap(({ file }, index) =>
      [
        ['-map', `[out${index}]`],
        RENDITION_ENCODERS[encoding.codec === 'hevc' ? 'hevc' : 'h264'],
        ['-force_key_frames', 'source', '-g', '100000', '-fps_mode', 'passthrough'],
        ['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
        ['-video_track_timescale', timescale, '-movie_timescale', timescale],
        ['-f', 'mp4', `file:${file}`],
      ].flat(),
    ),
  ].flat();
}

const RENDITION_ENCODERS = {
  h264: [
    ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-profile:v', 'high'],
    ['-x264-params', '8x8dct=1:scenecut=0:open-gop=0:aq-mode=3'],
  ].flat(),
  hevc: [
    ['-c:v', 'libx265', '-preset', 'veryfast', '-crf', '26', '-tag:v', 'hvc1'],
    ['-x265-params', 'log-level=error:info=0:open-gop=0:scenecut=0:keyint=100000:min-keyint=1'],
  ].flat(),
};

export interface PackRequest {
  film: string;
  renditions: readonly string[];
  encoding: FilmEncoding;
  /** ISO 639-2 of the sound. */
  language: string;
  /** What the master playlist and each track are called, %v standing for the track's number. */
  names: { master: string; track: string };
}

export const MASTER = 'master.m3u8';
const SECONDS_PER_SEGMENT = 4;

/** Packs a film and its smaller sizes for HTTP streaming (RFC 8216, fragmented MP4), one file a track. */
export function packArgs({ film, renditions, encoding, language, names }: PackRequest): string[] {
  const readers = decodersOf(encoding);
  const pictures = [film, ...renditions];
  const variants = pictures.map((_file, index) => `v:${index},agroup:sound`);
  return [
    FFMPEG_HEAD,
    pictures.flatMap((file, index) => {
      const guards = inputGuards(index === 0 ? demuxerOf(encoding.container) : 'mov', readers);
      return [...guards, '-i', `file:${file}`];
    }),
    pictures.flatMap((_file, index) => ['-map', `${index}:v:0`]),
    ['-map', '0:a:0', '-c', 'copy', '-map_metadata', '-1', '-map_chapters', '-1'],
    encoding.codec === 'hevc' ? ['-tag:v', 'hvc1'] : [],
    ['-f', 'hls', '-hls_time', String(SECONDS_PER_SEGMENT), '-hls_playlist_type', 'vod'],
    ['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file+independent_segments'],
    [
      '-var_stream_map',
      [...variants, `a:0,agroup:sound,default:yes,language:${language}`].join(' '),
    ],
    ['-master_pl_name', names.master],
    ['-hls_segment_filename', `${names.track}.mp4`, `${names.track}.m3u8`],
  ].flat();
}
