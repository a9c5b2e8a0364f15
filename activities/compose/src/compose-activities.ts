import { availableParallelism } from 'node:os';
import { kernelRuns } from '@aura/compositor';
import type { ComposeActivities } from '@aura/proto';
import { assembleFilm } from './film/assemble-film.js';
import type { ComposeDependencies, ComposeTools } from './compose-deps.js';
import { compositorRenderer } from './providers/compositor/compositor-renderer.js';
import { ffmpegRenderer } from './providers/ffmpeg/ffmpeg-renderer.js';
import { encodeOnHardware } from './hardware/encode-on-hardware.js';
import { encodeSegment } from './segment/encode-segment.js';
import type { SegmentRenderer } from './segment/segment-renderer.js';

const MAX_THREADS = 4;

/** The compose stage. All its work is kept under its key: asking again for the same gives the same. */
export function createComposeActivities(dependencies: ComposeDependencies): ComposeActivities {
  const tools: ComposeTools = { ...dependencies, renderer: rendererOf(dependencies) };
  return {
    encodeSegment: (request) =>
      tools.hardware
        ? encodeOnHardware(tools, tools.hardware, request)
        : encodeSegment(tools, request),
    assembleFilm: (request) => assembleFilm(tools, request),
  };
}

/** FFmpeg alone where it is asked for, or where the machine cannot run the compositor. */
function rendererOf({
  renderer,
  ffmpegPath,
  stallMs,
  ...rest
}: ComposeDependencies): SegmentRenderer {
  const threads = rest.threads ?? Math.min(MAX_THREADS, availableParallelism());
  const make = renderer === 'ffmpeg' || !kernelRuns() ? ffmpegRenderer : compositorRenderer;
  return make({ ffmpegPath, threads, stallMs });
}
