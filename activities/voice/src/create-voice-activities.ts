import type { VoiceActivities } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { measurePace } from './measure-pace.js';
import { narrateScene } from './narrate-scene.js';
import { ownNarration } from './own-narration.js';
import { voiceProvidersOf, type VoiceServices } from './providers/index.js';

export interface VoiceActivitiesDependencies extends VoiceServices {
  store: ArtifactStore;
  ffprobePath: string;
}

/** The voice stage, served on aura-voice. */
export function createVoiceActivities(dependencies: VoiceActivitiesDependencies): VoiceActivities {
  const { store, ffmpegPath } = dependencies;
  const voices = { store, ffmpegPath, providers: voiceProvidersOf(dependencies) };
  return {
    measurePace: (request) => measurePace(voices, request),
    narrateScene: ({ audio, ...request }) =>
      audio ? ownNarration(voices, { ...request, audio }) : narrateScene(voices, request),
  };
}
