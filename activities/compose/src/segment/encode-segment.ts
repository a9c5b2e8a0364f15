import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  perSecond,
  rateOf,
  type EncodeSegmentRequest,
  type RenderSpec,
  type Segment,
  type Shot,
} from '@aura/proto';
import { runWatchedFfmpeg } from '@aura/media';
import { captionsFrom } from '@aura/timeline';
import { progress, unitOfWork, type WorkPlace } from '@aura/work';
import { assFile } from '../captions/ass-file.js';
import { captionFonts } from '../captions/caption-fonts.js';
import { captionLayout } from '../captions/caption-layout.js';
import { decodeArgs } from '../checks/content-args.js';
import { PICTURE_CHECKS } from '../checks/file-checks.js';
import { measureFile } from '../checks/measure-file.js';
import { complaintsOf } from '../checks/measure-content.js';
import { requireValid } from '../checks/require-valid.js';
import type { ComposeTools } from '../compose-deps.js';
import { withDiskFailures } from '../disk-failures.js';
import { crossfadeFrames, motionOf } from '../motion/motion.js';
import { layPicture } from './picture-file.js';
import type { SegmentPlan } from './segment-renderer.js';
import { captionsOf } from '../captions/shot-captions.js';
import { stallLimitMs } from './stall-limit.js';

/** Bumped whenever the same request gives another segment. */
const RECIPE = 3;

const OUTPUT = 'segment.mp4';
const STILL = 'still.png';
const TAIL = 'tail.png';
const CAPTIONS = 'captions.ass';
const FONTS = 'fonts';

/**
 * One shot as a segment: its moving picture, the crossfade from the shot before, its captions; no sound.
 * Nothing is published that does not decode and have exactly the frames that were asked for.
 */
export async function encodeSegment(
  tools: ComposeTools,
  request: EncodeSegmentRequest,
): Promise<Segment> {
  const { store, renderer, encoderPreset, fontsFolder } = tools;
  const { job, shot, language } = request;
  const { cues } = await captionsOf(store, shot, request.render);
  const fonts = await captionFonts(cues, { language, fontsFolder });
  const segment = await unitOfWork<Omit<Segment, 'sceneId' | 'index'>>(
    store,
    {
      job,
      unit: 'encodeSegment',
      provider: renderer.name,
      recipe: RECIPE,
      inputs: segmentInputs(request, { encoderPreset, fonts }),
    },
    (place) => withDiskFailures(() => make(tools, request, place)),
  );
  return { ...segment, sceneId: shot.sceneId, index: shot.index };
}

/** Everything that shows in a segment. The scene's id does: it decides how its picture moves. */
export function segmentInputs(
  { render, language, shot, previous }: EncodeSegmentRequest,
  { encoderPreset, fonts }: { encoderPreset: string; fonts: string | undefined },
) {
  const { sceneId, picture, frames, leadMs, narration } = shot;
  const tail = previous && {
    sceneId: previous.sceneId,
    image: previous.picture.image.sha256,
    frames: previous.frames,
  };
  return {
    render,
    language,
    encoderPreset,
    shot: {
      sceneId,
      frames,
      leadMs,
      image: picture.image.sha256,
      timings: narration.timings.sha256,
    },
    ...(tail ? { tail } : {}),
    ...(fonts === undefined ? {} : { fonts }),
  };
}

async function make(
  tools: ComposeTools,
  request: EncodeSegmentRequest,
  { scratch, key, signal }: WorkPlace,
): Promise<Omit<Segment, 'sceneId' | 'index'>> {
  const { sceneId, frames } = request.shot;
  const plan = await lay(tools, request, scratch);
  progress(1, `encoding ${sceneId}`);
  await tools.renderer.render(plan, {
    folder: scratch,
    output: OUTPUT,
    signal,
    onFrame: (frame) => progress(2 + (88 * frame) / frames, `encoding ${sceneId}`),
  });
  progress(91, `checking ${sceneId}`);
  await check(tools, request, { scratch, signal });
  const video = await tools.store.putFile(path.join(scratch, OUTPUT), 'video/mp4');
  return { video, frames, unitKey: key };
}

/** Puts everything that the renderer needs into its folder, under names of ours. */
async function lay(
  { store, encoderPreset, fontsFolder }: ComposeTools,
  { render, language, shot, previous }: EncodeSegmentRequest,
  folder: string,
): Promise<SegmentPlan> {
  await layPicture(store, shot.picture, { folder, file: STILL });
  if (previous) await layPicture(store, previous.picture, { folder, file: TAIL });
  if (fontsFolder !== undefined) await symlink(path.resolve(fontsFolder), path.join(folder, FONTS));
  const { cues } = await captionsOf(store, shot, render);
  const captions = assFile({
    captions: captionsFrom(cues, { start: 0, frames: shot.frames }, rateOf(render)),
    layout: captionLayout(render),
    frame: render,
    fps: perSecond(rateOf(render)),
    language,
  });
  if (cues.length > 0) await writeFile(path.join(folder, CAPTIONS), captions);
  return {
    render,
    frames: shot.frames,
    preset: encoderPreset,
    still: { file: STILL, motion: motionOf(shot.sceneId, shot.frames, render) },
    ...(previous ? tailOf(previous, shot, render) : {}),
    ...(cues.length > 0 ? { captions: CAPTIONS } : {}),
    ...(fontsFolder === undefined ? {} : { fonts: FONTS }),
  };
}

function tailOf(previous: Shot, shot: Shot, render: RenderSpec): Pick<SegmentPlan, 'tail'> {
  const frames = crossfadeFrames(render.fps, shot.frames);
  if (frames === 0) return {};
  const motion = motionOf(previous.sceneId, previous.frames, render);
  return { tail: { file: TAIL, motion, fromFrame: previous.frames, frames } };
}

async function check(
  { ffmpegPath, ffprobePath, stallMs }: ComposeTools,
  { render, shot }: EncodeSegmentRequest,
  { scratch, signal }: { scratch: string; signal: AbortSignal | undefined },
): Promise<void> {
  const expected = {
    widthPx: render.widthPx,
    heightPx: render.heightPx,
    fps: render.fps,
    frames: shot.frames,
    shots: [],
    blackPictures: [],
    stillPictures: [],
  };
  const place = { expected, folder: scratch, of: `segment ${shot.sceneId}` };
  const file = { ffprobePath, folder: scratch, file: OUTPUT, signal };
  await requireValid(PICTURE_CHECKS, await measureFile(file), place);
  const complaints = await complaintsOf(
    runWatchedFfmpeg(ffmpegPath, decodeArgs(OUTPUT), {
      step: 'subtitles',
      cwd: scratch,
      signal,
      stallMs: stallLimitMs(render, stallMs),
    }),
  );
  await requireValid([DECODES], { complaints }, place);
}

const DECODES = {
  name: 'decode',
  problem: ({ complaints }: { complaints: string }) => complaints || undefined,
};
