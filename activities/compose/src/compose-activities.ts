import { availableParallelism } from 'node:os';
import type { ComposeActivities } from '@aura/proto';
import { assembleFilm } from './film/assemble-film.js';
import type { ComposeDependencies, ComposeTools } from './compose-deps.js';
import { encodeSegment } from './segment/encode-segment.js';
import { ffmpegRenderer } from './providers/ffmpeg-renderer.js';

const MAX_THREADS = 4;

/** The compose stage. All its work is kept under its key: asking again for the same gives the same. */
export function createComposeActivities(dependencies: ComposeDependencies): ComposeActivities {
  const { ffmpegPath, stallMs } = dependencies;
  const threads = dependencies.threads ?? Math.min(MAX_THREADS, availableParallelism());
  const tools: ComposeTools = {
    ...dependencies,
    renderer: ffmpegRenderer({ ffmpegPath, threads, stallMs }),
  };
  return {
    encodeSegment: (request) => encodeSegment(tools, request),
    assembleFilm: (request) => assembleFilm(tools, request),
  };
}
