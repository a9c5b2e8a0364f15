import { encodingOf, rateOf, type EncodeSegmentRequest } from '@aura/proto';
import { runWatchedFfmpeg } from '@aura/media';
import { decodeArgs } from '../checks/content-args.js';
import { PICTURE_CHECKS } from '../checks/file-checks.js';
import { complaintsOf } from '../checks/measure-content.js';
import { measureFile } from '../checks/measure-file.js';
import { requireValid } from '../checks/require-valid.js';
import type { ComposeTools } from '../compose-deps.js';
import { stallLimitMs } from './stall-limit.js';

/** Proves that a segment is what was asked for and that all of it decodes. Errors: FilmInvalid:<check>. */
export async function checkSegment(
  { ffmpegPath, ffprobePath, stallMs, renderer }: ComposeTools,
  { render, shot }: EncodeSegmentRequest,
  { folder, file, signal }: { folder: string; file: string; signal: AbortSignal | undefined },
): Promise<void> {
  // Segments are MP4, or MOV for ProRes, whatever the film becomes.
  const encoding = { ...encodingOf(render), container: 'mp4' as const };
  const expected = {
    widthPx: render.widthPx,
    heightPx: render.heightPx,
    rate: rateOf(render),
    encoding,
    frames: shot.frames,
    shots: [],
    blackPictures: [],
    stillPictures: [],
  };
  const place = { expected, folder, of: `segment ${shot.sceneId}` };
  if (!isOfOwnMaking(renderer.name, encoding.codec)) {
    const measured = await measureFile({ ffprobePath, folder, file, encoding, signal });
    await requireValid(PICTURE_CHECKS, measured, place);
  }
  let decoded = 0;
  const complaints = await complaintsOf(
    runWatchedFfmpeg(ffmpegPath, decodeArgs(file, encoding.codec), {
      step: 'subtitles',
      cwd: folder,
      signal,
      stallMs: stallLimitMs(render, stallMs),
      onFrame: (frame) => (decoded = frame),
    }),
  );
  await requireValid([DECODES, FRAMES], { complaints, decoded }, place);
}

/**
 * What x264 made of frames of ours, by arguments of ours, has the codec, colours and times that these say: it is
 * enough that the film is measured when it was joined. Looking at each segment too would cost more than a twentieth
 * of encoding it.
 */
function isOfOwnMaking(renderer: string, codec: string): boolean {
  return renderer === 'compositor' && codec === 'h264';
}

const DECODES = {
  name: 'decode',
  found: () => 'without a complaint',
  problem: ({ complaints }: { complaints: string }) => complaints || undefined,
};

const FRAMES = {
  name: 'frames',
  found: ({ decoded }: { decoded: number }) => String(decoded),
  problem: ({ decoded }: { decoded: number }, { frames }: { frames: number }) =>
    decoded === frames ? undefined : `found ${decoded}, wanted ${frames}`,
};
