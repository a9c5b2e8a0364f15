import { composite, frameInput, type FrameFacts } from '@aura/compositor';
import { rateOf } from '@aura/proto';
import { hardwareFilters } from '../../hardware/hardware-encoder.js';
import { encodeInPasses } from '../../segment/encode-in-passes.js';
import { FFMPEG_HEAD, outputFilters, rateText } from '../../segment/encoder-args.js';
import type { SegmentPlan, SegmentRenderer } from '../../segment/segment-renderer.js';
import { stallLimitMs } from '../../segment/stall-limit.js';
import { fragmentPlan } from './fragment-plan.js';

/** Draws with the compositor; FFmpeg does nothing but encode. */
export function compositorRenderer({
  ffmpegPath,
  threads,
  stallMs,
}: {
  ffmpegPath: string;
  threads: number;
  stallMs?: number | undefined;
}): SegmentRenderer {
  return {
    name: 'compositor',
    async render(segment, { folder, output, signal, onFrame }) {
      const limitMs = stallLimitMs(segment.render, stallMs);
      const plan = await fragmentPlan(segment, { ffmpegPath, folder, signal, limitMs });
      let facts: FrameFacts | undefined;
      await encodeInPasses(
        { ...segment, frames: plan.frames },
        { folder, output },
        async ({ encoder, output: file, done, share }) => {
          facts = await composite({
            plan,
            encoder: {
              program: ffmpegPath,
              args: [...drawnArgs(segment, threads), ...encoder, `file:${file}`],
              cwd: folder,
              step: 'subtitles',
              stallMs: limitMs,
              mapsDevices: segment.hardware !== undefined,
            },
            signal,
            onFrame: (frame) => onFrame(done * plan.frames + share * frame),
          });
        },
      );
      return facts;
    },
  };
}

/** FFmpeg's arguments up to the encoder's. */
export function drawnArgs({ render, fragment, hardware }: SegmentPlan, threads: number): string[] {
  const filters = [
    'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709',
    'setsar=1',
    ...(hardware ? hardwareFilters(hardware) : outputFilters(render)),
  ];
  return [
    FFMPEG_HEAD,
    frameInput(fragment, rateText(rateOf(render))),
    ['-vf', filters.join(','), '-frames:v', String(fragment.frames), '-threads', String(threads)],
  ].flat();
}
