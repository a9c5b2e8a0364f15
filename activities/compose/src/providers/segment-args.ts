import { inputGuards, MAX_PIXELS } from '@aura/media';
import { encoderArgs, FFMPEG_HEAD } from '../segment/encoder-args.js';
import { motionFilter, stillFilter } from '../motion/motion-filters.js';
import type { SegmentPlan } from '../segment/segment-renderer.js';

/**
 * FFmpeg's arguments for one segment. Names in it are ours and relative to its working folder; no text of
 * a user is in it.
 */
export function segmentArgs(
  plan: SegmentPlan,
  { output, threads }: { output: string; threads: number },
): string[] {
  const { render, frames, still, tail, preset } = plan;
  const inputs = tail ? [tail.file, still.file] : [still.file];
  const limit = String(threads);
  return [
    FFMPEG_HEAD,
    ['-filter_threads', limit, '-filter_complex_threads', limit],
    inputs.flatMap((file) => pictureInput(file, render.fps)),
    ['-filter_complex', tail ? graphWithTail(plan, tail) : graph(plan), '-map', '[film]'],
    ['-frames:v', String(frames), '-threads', limit],
    encoderArgs({ quality: render.quality, preset, fps: render.fps }),
    ['-f', 'mp4', `file:${output}`],
  ].flat();
}

export function pictureInput(file: string, fps: number): string[] {
  const limits = ['-max_pixels', String(MAX_PIXELS), '-threads', '1'];
  return [
    inputGuards('png_pipe', ['png']),
    limits,
    '-framerate',
    String(fps),
    '-i',
    `file:${file}`,
  ].flat();
}

function graph(plan: SegmentPlan): string {
  return `[0:v]${movingStill(plan)},${finish(plan)}[film]`;
}

/** The tail fades out over the shot. As a fading overlay this costs a tenth of the xfade filter. */
function graphWithTail(plan: SegmentPlan, tail: NonNullable<SegmentPlan['tail']>): string {
  const { render: frame } = plan;
  const motion = motionFilter(tail.motion, { frame, fps: frame.fps, from: tail.fromFrame });
  const fade = `format=yuva420p,fade=t=out:s=0:n=${tail.frames}:alpha=1`;
  return [
    `[0:v]${stillFilter(frame)},${motion},trim=end_frame=${tail.frames},${fade}[tail]`,
    `[1:v]${movingStill(plan)}[shot]`,
    `[shot][tail]overlay=eof_action=pass:format=yuv420,${finish(plan)}[film]`,
  ].join(';');
}

function movingStill({ render: frame, still }: SegmentPlan): string {
  return `${stillFilter(frame)},${motionFilter(still.motion, { frame, fps: frame.fps, from: 0 })}`;
}

function finish({ captions, fonts }: SegmentPlan): string {
  const folder = fonts === undefined ? '' : `:fontsdir=${fonts}`;
  return [
    ...(captions === undefined ? [] : [`ass=filename=${captions}${folder}`]),
    'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
    'setsar=1',
  ].join(',');
}
