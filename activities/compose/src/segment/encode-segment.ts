import path from 'node:path';
import type { FrameFacts } from '@aura/compositor';
import type { EncodeSegmentRequest, FrameStretch, SeenFrames, Segment } from '@aura/proto';
import type { Fragment } from '@aura/timeline';
import { progress, unitOfWork, type WorkPlace } from '@aura/work';
import { captionLayout } from '../captions/caption-layout.js';
import { captionFonts } from '../captions/caption-fonts.js';
import type { ComposeTools } from '../compose-deps.js';
import { withDiskFailures } from '../disk-failures.js';
import { drawnFonts } from '../overlays/drawn-fonts.js';
import { readFragment } from '../timeline/read-fragment.js';
import { checkSegment } from './check-segment.js';
import { laySources } from './lay-sources.js';
import { segmentSpec } from './segment-spec.js';

/** Bumped whenever the same request gives another segment. */
const RECIPE = 7;

const OUTPUT = 'segment.mp4';

/**
 * One shot as a segment: its moving picture, the transition from the shot before, what lies over it; no sound.
 * Nothing is published that does not decode and have exactly the frames that were asked for.
 */
export async function encodeSegment(
  tools: ComposeTools,
  request: EncodeSegmentRequest,
): Promise<Segment> {
  const { store, renderer, encoderPreset, fontsFolder } = tools;
  const { job, shot, language } = request;
  const fragment = await readFragment(store, request);
  const fonts = await captionFonts(fragment.captions, { language, fontsFolder });
  const drawn = await drawnFonts(fragment, { language, fontsFolder });
  const segment = await unitOfWork<Omit<Segment, 'sceneId' | 'index'>>(
    store,
    {
      job,
      unit: 'encodeSegment',
      provider: renderer.name,
      recipe: RECIPE,
      inputs: segmentInputs(request, { fragment, encoderPreset, fonts, drawn }),
    },
    (place) => withDiskFailures(() => make(tools, { request, fragment }, place)),
  );
  return { ...segment, sceneId: shot.sceneId, index: shot.index };
}

/** Everything that shows in a segment, and how it is encoded. Fonts only show where there are words. */
export function segmentInputs(
  { render, language }: Pick<EncodeSegmentRequest, 'render' | 'language'>,
  {
    fragment,
    encoderPreset,
    fonts,
    drawn,
  }: {
    fragment: Fragment;
    encoderPreset: string;
    fonts: string | undefined;
    drawn?: string | undefined;
  },
) {
  const hasWords = fragment.captions.length > 0 || fragment.overlays.length > 0;
  return {
    render: segmentSpec(render),
    encoderPreset,
    fragment,
    // Where a platform leaves room for words; it shows nowhere else.
    ...(hasWords ? { language, captions: captionLayout(render) } : {}),
    ...(fonts === undefined ? {} : { fonts }),
    ...(drawn === undefined ? {} : { drawn }),
  };
}

async function make(
  tools: ComposeTools,
  { request, fragment }: { request: EncodeSegmentRequest; fragment: Fragment },
  { scratch, key, signal }: WorkPlace,
): Promise<Omit<Segment, 'sceneId' | 'index'>> {
  const { store, renderer, encoderPreset: preset, fontsFolder } = tools;
  const { render, language, shot } = request;
  const { sceneId, frames } = shot;
  const files = await laySources(store, fragment, scratch);
  progress(1, `encoding ${sceneId}`);
  const plan = { render, language, fragment, files, fontsFolder, preset };
  const seen = await renderer.render(plan, {
    folder: scratch,
    output: OUTPUT,
    signal,
    onFrame: (frame) => progress(2 + (88 * frame) / frames, `encoding ${sceneId}`),
  });
  progress(91, `checking ${sceneId}`);
  await checkSegment(tools, request, { folder: scratch, file: OUTPUT, signal });
  const video = await store.putFile(path.join(scratch, OUTPUT), 'video/mp4');
  return { video, frames, unitKey: key, ...(seen ? { seen: seenFrames(seen) } : {}) };
}

function seenFrames({ blacks, freezes }: FrameFacts): SeenFrames {
  return { blacks: blacks.map(stretchOf), freezes: freezes.map(stretchOf) };
}

function stretchOf({ from, to }: FrameFacts['blacks'][number]): FrameStretch {
  return { start: from, frames: to - from };
}
