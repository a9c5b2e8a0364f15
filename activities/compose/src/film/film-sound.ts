import { rm } from 'node:fs/promises';
import path from 'node:path';
import { encodingOf } from '@aura/proto';
import type { ComposeTools } from '../compose-deps.js';
import type { FilmPlace, FilmPlan } from './film-plan.js';
import { masterSound } from '../sound/master-sound.js';
import { writeNarrationTrack } from '../sound/narration-track.js';

export const SOUND_FILE = 'sound.mp4';
const SPEECH_FILE = 'speech.pcm';

/** The film's whole sound in one piece, coded as its container takes it. */
export async function soundOf(
  { store, ffmpegPath, stallMs }: ComposeTools,
  { request, timeline }: FilmPlan,
  { folder, signal }: FilmPlace,
): Promise<void> {
  const speech = path.join(folder, SPEECH_FILE);
  const sounds = [];
  for (const { shot, speechSample } of timeline.shots) {
    const file = await store.localPath(shot.narration.audio);
    sounds.push({ sceneId: shot.sceneId, file, startSample: speechSample });
  }
  await writeNarrationTrack(speech, sounds, timeline.samples);
  signal?.throwIfAborted();
  await masterSound({
    ffmpegPath,
    folder,
    input: SPEECH_FILE,
    output: SOUND_FILE,
    codec: encodingOf(request.render).sound,
    signal,
    stallMs,
  });
  await rm(speech);
}
