import { inputGuards, MAX_PIXELS } from '@aura/media';
import type { FragmentVisual } from '@aura/timeline';
import { hardwareFilters } from '../../hardware/hardware-encoder.js';
import { FFMPEG_HEAD, outputFilters, rateText } from '../../segment/encoder-args.js';
import type { SegmentPlan } from '../../segment/segment-renderer.js';
import { clipArgs, clipFilter } from '../clip-filters.js';
import { laidFile } from '../laid-file.js';
import { placeOf, stillSize } from '../visual-layer.js';
import type { LaidSprites } from './lay-sprites.js';
import { fitFilter, transitionFilter, windowFilter } from './visual-filters.js';

/** Names of ours, relative to the working folder. */
export interface BurnedCaptions {
  /** An ASS file. */
  file: string;
  /** A folder of fonts beside the installed ones. */
  fonts?: string;
}

export interface SegmentArgsRequest {
  encoder: string[];
  output: string;
  threads: number;
  captions?: BurnedCaptions | undefined;
  /** What lies over the picture, below the captions. */
  sprites?: readonly LaidSprites[];
}

/** What visuals are drawn for. */
export interface Drawing extends Pick<SegmentPlan, 'files'> {
  fragment: Omit<SegmentPlan['fragment'], 'visuals' | 'overlays' | 'captions'>;
}

/**
 * FFmpeg's arguments for one segment. Names in it are ours and relative to its working folder; no text of
 * a user is in it.
 */
export function segmentArgs(
  plan: SegmentPlan,
  { encoder, output, threads, ...over }: SegmentArgsRequest,
): string[] {
  const { fragment } = plan;
  const limit = String(threads);
  return [
    FFMPEG_HEAD,
    ['-filter_threads', limit, '-filter_complex_threads', limit],
    fragment.visuals.flatMap((visual) => visualInput(plan, visual)),
    over.sprites?.flatMap(({ input }) => input) ?? [],
    ['-filter_complex', graph(plan, over), '-map', '[film]'],
    ['-frames:v', String(fragment.frames), '-threads', limit],
    [...encoder, `file:${output}`],
  ].flat();
}

/** A visual's source as an input of FFmpeg. */
export function visualInput(plan: Drawing, { source }: FragmentVisual): string[] {
  const { image, clip, colour } = source ?? {};
  const rate = rateText(plan.fragment.rate);
  if (clip) {
    const args = clipArgs(clip, laidFile(plan, clip.video.sha256));
    return clip.loop ? ['-stream_loop', '-1', ...args] : args;
  }
  if (image) return pictureInput(laidFile(plan, image.sha256), rate);
  const { widthPx, heightPx } = plan.fragment;
  const filled = `color=c=0x${(colour || '#000000').slice(1)}:s=${widthPx}x${heightPx}:r=${rate}`;
  return ['-f', 'lavfi', '-i', filled];
}

function pictureInput(file: string, rate: string): string[] {
  return [
    inputGuards('png_pipe', ['png']),
    ['-max_pixels', String(MAX_PIXELS), '-threads', '1', '-framerate', rate, '-i', `file:${file}`],
  ].flat();
}

type LaidOver = Pick<SegmentArgsRequest, 'captions' | 'sprites'>;

function graph(plan: SegmentPlan, { captions, sprites = [] }: LaidOver): string {
  const { visuals } = plan.fragment;
  const [before, own] = visuals.length > 1 ? visuals : [undefined, visuals[0]];
  if (!own) throw new RangeError('a segment shows something');
  if (!before || !own.transition) {
    return [
      `[0:v]${visualFilter(plan, own)}${laidOver(sprites)},${finish(plan, captions)}[film]`,
      ...prepared(sprites, 1),
    ].join(';');
  }
  const { transition } = own;
  return [
    `[0:v]${visualFilter(plan, before)},trim=end_frame=${transition.frames}[before]`,
    `[1:v]${visualFilter(plan, own)}[own]`,
    `[before][own]${transitionFilter(transition, plan.fragment.rate)}${laidOver(sprites)},${finish(plan, captions)}[film]`,
    ...prepared(sprites, 2),
  ].join(';');
}

function prepared(sprites: readonly LaidSprites[], firstInput: number): string[] {
  return sprites.map(({ prepare }, at) => `[${firstInput + at}:v]${prepare}[sprite${at}]`);
}

/** One layer after the other over what comes before it. */
function laidOver(sprites: readonly LaidSprites[]): string {
  return sprites
    .map(({ overlay }, at) => `[under${at}];[under${at}][sprite${at}]${overlay}`)
    .join('');
}

/** A visual's frames from the segment's first on, without end. */
export function visualFilter({ fragment }: Drawing, visual: FragmentVisual): string {
  const rate = rateText(fragment.rate);
  const { clip, image } = visual.source ?? {};
  const skipped = Math.max(0, -visual.start);
  if (clip) {
    return `${clipFilter(visual, fragment)},tpad=stop=-1:stop_mode=clone,trim=start_frame=${skipped},setpts=N/(${rate}*TB)`;
  }
  if (!image) return 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p';
  const still = stillSize(fragment, visual.motion);
  const { window } = placeOf(visual, { frame: fragment, still, end: fragment.frames });
  return [
    fitFilter(visual.fit, still),
    'loop=loop=-1:size=1',
    `setpts=N/(${rate}*TB)`,
    ...(visual.motion ? [windowFilter(window, { frame: fragment, still })] : []),
  ].join(',');
}

function finish({ render, hardware }: SegmentPlan, captions: BurnedCaptions | undefined): string {
  const folder = captions?.fonts === undefined ? '' : `:fontsdir=${captions.fonts}`;
  return [
    ...(captions ? [`ass=filename=${captions.file}${folder}`] : []),
    'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
    'setsar=1',
    ...(hardware ? hardwareFilters(hardware) : outputFilters(render)),
  ].join(',');
}
