import type { FragmentVisual } from '@aura/timeline';
import { FFMPEG_HEAD } from '../../segment/encoder-args.js';
import type { SegmentPlan } from '../../segment/segment-renderer.js';
import { visualFilter, visualInput } from './segment-args.js';

/** The film that a visual belongs to, and where its sources lie. */
export interface AloneFrame extends Pick<SegmentPlan, 'files'> {
  widthPx: number;
  heightPx: number;
  rate: SegmentPlan['fragment']['rate'];
}

/** FFmpeg's arguments for a visual by itself, as it moves from its first frame to its last, given to a filter. */
export function aloneArgs(
  visual: FragmentVisual,
  { files, ...frame }: AloneFrame,
  filter: string,
): string[] {
  const { transition: _none, ...own } = { ...visual, start: 0 };
  const drawing = { files, fragment: { ...frame, frames: visual.frames } };
  return [
    FFMPEG_HEAD,
    visualInput(drawing, own),
    ['-vf', `${visualFilter(drawing, own)},${filter}`, '-an'],
    ['-frames:v', String(visual.frames), '-f', 'null', '-'],
  ].flat();
}
