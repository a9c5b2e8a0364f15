import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runWatchedFfmpeg } from '@aura/media';
import { perSecond } from '@aura/proto';
import { assFile } from '../../captions/ass-file.js';
import { captionLayout } from '../../captions/caption-layout.js';
import { encodeInPasses } from '../../segment/encode-in-passes.js';
import type { SegmentPlan, SegmentRenderer } from '../../segment/segment-renderer.js';
import { stallLimitMs } from '../../segment/stall-limit.js';
import { withDrawnOver } from './drawn-over.js';
import { withLoopsLaid } from './lay-loops.js';
import { laySprites } from './lay-sprites.js';
import { segmentArgs, type BurnedCaptions } from './segment-args.js';

const CAPTIONS = 'captions.ass';
const FONTS = 'fonts';

/**
 * Renders with FFmpeg's own filters alone, where the compositor cannot run. What lies over the picture is drawn as
 * the compositor's is, and moved two pixels at a time.
 */
export function ffmpegRenderer({
  ffmpegPath,
  threads,
  stallMs,
}: {
  ffmpegPath: string;
  threads: number;
  stallMs?: number | undefined;
}): SegmentRenderer {
  return {
    name: 'ffmpeg',
    async render(segment, { folder, output, signal, onFrame }) {
      const limitMs = stallLimitMs(segment.render, stallMs);
      const looped = await withLoopsLaid(segment, { ffmpegPath, folder, signal });
      const { plan, over } = await withDrawnOver(looped, { ffmpegPath, folder, signal, limitMs });
      const captions = await layCaptions(plan, folder);
      const { frames, rate } = plan.fragment;
      const sprites = await laySprites(over, { folder, frames, rate });
      await encodeInPasses({ ...plan, frames }, { folder, output }, async (pass) => {
        await runWatchedFfmpeg(
          ffmpegPath,
          segmentArgs(plan, { ...pass, captions, sprites, threads }),
          {
            step: 'subtitles',
            stallMs: limitMs,
            cwd: folder,
            signal,
            mapsDevices: plan.hardware !== undefined,
            onFrame: (frame) => onFrame(pass.done * frames + pass.share * frame),
          },
        );
      });
      return undefined;
    },
  };
}

async function layCaptions(
  { fragment, render, language, fontsFolder }: SegmentPlan,
  folder: string,
): Promise<BurnedCaptions | undefined> {
  const { captions, captionStyle: style, rate } = fragment;
  if (captions.length === 0) return undefined;
  const layout = captionLayout(render);
  const text = { captions, layout, frame: render, fps: perSecond(rate), language, style };
  await writeFile(path.join(folder, CAPTIONS), assFile(text));
  if (fontsFolder === undefined) return { file: CAPTIONS };
  await symlink(path.resolve(fontsFolder), path.join(folder, FONTS));
  return { file: CAPTIONS, fonts: FONTS };
}
