import { msOf, rateOf, type RenderSpec, type Shot, type SpokenWord } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { captionLayout } from './caption-layout.js';
import { cuesOf, type Cue } from './cues.js';
import { readTimings } from './read-timings.js';

/** What is said in one shot and how it is captioned. Times in ms from the start of the shot. */
export interface ShotCaptions {
  cues: Cue[];
  words: SpokenWord[];
}

/** The same shot gives the same captions, whether they are burned into it or listed for the film. */
export async function captionsOf(
  store: ArtifactStore,
  shot: Shot,
  render: RenderSpec,
): Promise<ShotCaptions> {
  const { words } = await readTimings(store, shot.narration.timings);
  const { leadMs } = shot;
  const shotMs = msOf(shot.frames, rateOf(render));
  const { maxLine } = captionLayout(render);
  return {
    cues: cuesOf({ words, leadMs, shotMs, maxLine }),
    words: words.map((word) => ({
      ...word,
      startMs: word.startMs + leadMs,
      endMs: word.endMs + leadMs,
    })),
  };
}
