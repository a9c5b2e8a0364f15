import type { Keyframe, Track, VisualLayer } from '@aura/compositor';
import type { FrameRate, Transition } from '@aura/proto';
import type { Size } from '../../size.js';

const LANCZOS =
  'flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp:out_color_matrix=bt709:out_range=tv';

/** A picture, decoded once, in a size and as limited-range BT.709. */
export function fitFilter(fit: string, { widthPx, heightPx }: Size): string {
  const size = `${widthPx}:${heightPx}`;
  const inside =
    `scale=${size}:force_original_aspect_ratio=decrease:${LANCZOS},` +
    `format=yuv420p,pad=${size}:-1:-1:black`;
  const over = `scale=${size}:force_original_aspect_ratio=increase:${LANCZOS},format=yuv420p,crop=${size}`;
  return `${fit === 'cover' || fit === '' ? over : inside},setsar=1`;
}

/**
 * `perspective` reads the window's corners from the still for every frame, between pixels: the only filter that
 * zooms without shaking. It draws a frame as large as the still, of which the left upper part is the picture; the
 * corners are those of the whole.
 */
export function windowFilter(
  { x, y, width }: VisualLayer['window'],
  { frame, still }: { frame: Size; still: Size },
): string {
  const left = expression(x);
  const top = expression(y);
  const zoom = `(${expression(width)})/${frame.widthPx}`;
  const right = `${left}+${still.widthPx}*${zoom}`;
  const bottom = `${top}+${still.heightPx}*${zoom}`;
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ].map(([across, down], index) => `x${index}='${across}':y${index}='${down}'`);
  return (
    `perspective=${corners.join(':')}:interpolation=cubic:eval=frame,` +
    `crop=${frame.widthPx}:${frame.heightPx}:0:0`
  );
}

/** In `perspective`, which counts frames from 1. */
function expression(track: Track): string {
  return frameExpression(track, 'on-1');
}

/** A track as FFmpeg says it, by the number of the frame; to be quoted. */
export function frameExpression(track: Track, frame: string): string {
  if (typeof track === 'number') return fixed(track);
  const [first, next, ...more] = track;
  if (!first || !next) return fixed(first?.value ?? 0);
  const share = `clip((${frame}-(${first.frame}))/${next.frame - first.frame},0,1)`;
  const way = `(${fixed(first.value)}+(${fixed(next.value - first.value)})*${easedShare(share, first.easing)})`;
  if (more.length === 0) return way;
  return `if(lt(${frame},${next.frame}),${way},${frameExpression([next, ...more], frame)})`;
}

function easedShare(share: string, easing: Keyframe['easing']): string {
  switch (easing) {
    case 'ease-in':
      return `(1-cos(${share}*PI/2))`;
    case 'ease-out':
      return `sin(${share}*PI/2)`;
    case 'ease-in-out':
      return `((1-cos(${share}*PI))/2)`;
    case 'linear':
    case undefined:
      return share;
  }
}

function fixed(value: number): string {
  return value.toFixed(6);
}

/** The nearest that `xfade` has. */
export function transitionFilter(transition: Transition, rate: FrameRate): string {
  const seconds = (transition.frames * rate.denominator) / rate.numerator;
  return `xfade=transition=${xfadeName(transition)}:duration=${seconds.toFixed(6)}:offset=0`;
}

function xfadeName({ kind, direction, colour }: Transition): string {
  switch (kind) {
    case 'dissolve':
      return 'dissolve';
    case 'wipe':
      return `wipe${direction || 'left'}`;
    case 'slide':
    case 'push':
      return `slide${direction || 'left'}`;
    case 'fade':
      return colour.toLowerCase() === '#ffffff' ? 'fadewhite' : 'fadeblack';
    default:
      return 'fade';
  }
}
