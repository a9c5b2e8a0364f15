import { samplesOf, rateOf } from '@aura/proto';
import type { ComposeTools } from '../compose-deps.js';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import { soundSeed, type HeardSounds } from '../sound/heard-sounds.js';
import { makeSound, type FilmSound } from '../sound/make-sound.js';
import type { PlacedSound } from '../sound/narration-track.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';

export const SOUND_FILE = 'sound.mp4';

/**
 * The film's whole sound in one piece, coded as its container takes it.
 * Errors: NarrationInvalid, AssetInvalid, FilmInvalid:<click, gap or timeline>, ArtifactGone, BlobCorrupt, those of FFmpeg.
 */
export async function soundOf(
  tools: ComposeTools,
  plan: FilmPlan,
  { folder, signal, heard }: FilmPlace & { heard: HeardSounds },
): Promise<FilmSound> {
  const { store, ffmpegPath, stallMs } = tools;
  const { request, timeline } = plan;
  return makeSound(
    store,
    { ffmpegPath, folder, signal, stallMs },
    {
      ...heard,
      render: request.render,
      style: request.style?.sound,
      narrations: await narrationsOf(tools, plan),
      samples: timeline.samples,
      seed: soundSeed(request),
      output: SOUND_FILE,
    },
  );
}

/** Where the film says when something is said, its shots do not. */
async function narrationsOf(
  { store }: ComposeTools,
  { request, timeline }: FilmPlan,
): Promise<PlacedSound[]> {
  const rate = rateOf(request.render);
  const placed: PlacedSound[] = [];
  if (request.narrations) {
    for (const { start, narration } of request.narrations.narrations) {
      const file = await store.localPath(narration.audio);
      const sceneId = String(placed.length + 1);
      placed.push({ sceneId, file, startSample: samplesOf(start, rate, SAMPLE_RATE_HZ) });
    }
    return placed;
  }
  for (const { shot, speechSample } of timeline.shots) {
    const file = await store.localPath(shot.narration.audio);
    placed.push({ sceneId: shot.sceneId, file, startSample: speechSample });
  }
  return placed;
}
