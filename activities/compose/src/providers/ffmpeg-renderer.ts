import { runWatchedFfmpeg } from '@aura/media';
import type { SegmentRenderer } from '../segment/segment-renderer.js';
import { stallLimitMs } from '../segment/stall-limit.js';
import { segmentArgs } from './segment-args.js';

/** Renders with FFmpeg's own filters alone. */
export function ffmpegRenderer({
  ffmpegPath,
  threads,
  stallMs,
}: {
  ffmpegPath: string;
  threads: number;
  stallMs?: number;
}): SegmentRenderer {
  return {
    name: 'ffmpeg',
    async render(plan, { folder, output, signal, onFrame }) {
      await runWatchedFfmpeg(ffmpegPath, segmentArgs(plan, { output, threads }), {
        step: 'subtitles',
        stallMs: stallLimitMs(plan.render, stallMs),
        cwd: folder,
        signal,
        onFrame,
      });
    },
  };
}
