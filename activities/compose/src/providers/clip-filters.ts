import type { Clip } from '@aura/compositor';
import { inputGuards, MAX_PIXELS } from '@aura/media';
import type { ClipSource } from '@aura/proto';
import type { Fragment, FragmentVisual } from '@aura/timeline';
import { rateText } from '../segment/encoder-args.js';

const DEMUXERS: Record<string, string> = {
  'video/webm': 'matroska',
  'video/x-matroska': 'matroska',
};
/** What a clip may be made of; its sound is not used, but FFmpeg looks at it. */
const CODECS = [
  ['h264', 'hevc', 'vp8', 'vp9', 'libvpx', 'libvpx-vp9', 'av1', 'libdav1d', 'mpeg4', 'mjpeg'],
  ['prores', 'aac', 'mp3', 'mp3float', 'opus', 'libopus', 'vorbis', 'ac3', 'eac3', 'flac', 'alac'],
  ['pcm_s16le', 'pcm_s24le', 'pcm_f32le'],
].flat();

/** A clip as the compositor reads it: frames of the segment, one after the other. */
export function clipOf(
  visual: FragmentVisual,
  clip: ClipSource,
  { file, fragment }: { file: string; fragment: Fragment },
): Clip {
  return {
    args: [
      ['-nostdin', '-hide_banner', '-v', 'error'],
      clipArgs(clip, file),
      ['-map', '0:v:0', '-an', '-sn', '-dn', '-filter_threads', '1'],
      ['-vf', clipFilter(visual, fragment), '-f', 'rawvideo', 'pipe:1'],
    ].flat(),
    loop: clip.loop,
    skipFrames: Math.max(0, -visual.start),
  };
}

/** The piece of a video that is shown, as an input of FFmpeg. `file` is a name of ours. */
export function clipArgs({ fromMs, toMs, video }: ClipSource, file: string): string[] {
  return [
    inputGuards(DEMUXERS[video.mediaType] ?? 'mov', CODECS),
    ['-max_pixels', String(MAX_PIXELS), '-threads', '1'],
    fromMs > 0 ? ['-ss', seconds(fromMs)] : [],
    toMs > 0 ? ['-t', seconds(toMs - fromMs)] : [],
    ['-i', `file:${file}`],
  ].flat();
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(3);
}

type ClipFrame = Pick<Fragment, 'widthPx' | 'heightPx' | 'rate'>;

/** At its speed, at the rate of the film, fitted into the frame. */
export function clipFilter({ source, fit }: FragmentVisual, fragment: ClipFrame): string {
  const speed = source?.clip?.speed || 1;
  return [
    `setpts=(PTS-STARTPTS)/${speed}`,
    `fps=${rateText(fragment.rate)}:start_time=0`,
    fittedClip(fit, fragment),
    'setsar=1,format=yuv420p',
  ].join(',');
}

const COLOUR = 'flags=bicubic:out_color_matrix=bt709:out_range=tv';

function fittedClip(fit: string, { widthPx, heightPx }: ClipFrame): string {
  const size = `${widthPx}:${heightPx}`;
  const grown = `scale=${size}:force_original_aspect_ratio=increase:${COLOUR},crop=${size}`;
  const inside = `scale=${size}:force_original_aspect_ratio=decrease:${COLOUR}`;
  switch (fit) {
    case 'contain':
      return `${inside},pad=${size}:-1:-1:black`;
    case 'blur':
      return (
        `split[near][far];[far]${grown},scale=iw/8:ih/8,gblur=4,eq=brightness=-0.1,` +
        `scale=${size}[ground];[near]${inside}[inside];[ground][inside]overlay=(W-w)/2:(H-h)/2`
      );
    default:
      return grown;
  }
}
