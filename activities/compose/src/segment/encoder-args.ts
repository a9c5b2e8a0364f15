import { timescaleOf } from '../film-constants.js';

/** x264's constant quality by the quality that was asked for: less is better. */
const CRF: Record<string, number> = { draft: 26, standard: 21, premium: 19, maximum: 17 };
const DEFAULT_CRF = 21;
const SECONDS_PER_GROUP = 4;

export interface EncoderRequest {
  quality: string;
  preset: string;
  fps: number;
}

/**
 * How segments are encoded: equal for all segments of a film, so that they join without re-encoding.
 * Each is a closed group of pictures of its own that begins with a key frame.
 */
export function encoderArgs({ quality, preset, fps }: EncoderRequest): string[] {
  const timescale = String(timescaleOf(fps));
  return [
    ['-c:v', 'libx264', '-preset', preset, '-crf', String(CRF[quality] ?? DEFAULT_CRF)],
    // Large transforms make it High with every preset. Plain surfaces and their tints get their share of
    // bits: cards are mostly that, and bands on them show.
    ['-x264-params', '8x8dct=1:aq-mode=3:chroma-qp-offset=-4'],
    ['-profile:v', 'high', '-pix_fmt', 'yuv420p', '-r', String(fps), '-fps_mode', 'cfr'],
    ['-g', String(SECONDS_PER_GROUP * fps), '-flags', '+cgop', '-force_key_frames', 'expr:eq(n,0)'],
    [
      '-color_range',
      'tv',
      '-colorspace',
      'bt709',
      '-color_primaries',
      'bt709',
      '-color_trc',
      'bt709',
    ],
    ['-an', '-sn', '-dn', '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
    ['-video_track_timescale', timescale, '-movie_timescale', timescale],
  ].flat();
}

/** What every FFmpeg of ours is started with: silent but for errors, which end it; progress on its output. */
export const FFMPEG_HEAD = [
  ['-nostdin', '-hide_banner', '-xerror', '-v', 'error'],
  ['-progress', 'pipe:1', '-nostats', '-y'],
].flat();
