import type { VoiceActivities } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { Context } from '@temporalio/activity';
import { measurePace } from './measure-pace.js';
import { narrateScene } from './narrate-scene.js';
import { voiceProvidersOf, type VoiceSettings } from './providers/index.js';

export interface VoiceActivitiesDependencies extends VoiceSettings {
  store: ArtifactStore;
  ffmpegPath: string;
  ffprobePath: string;
}

/** The voice stage, served on aura-voice. Inside an activity its cancellation ends the voice programs. */
export function createVoiceActivities(dependencies: VoiceActivitiesDependencies): VoiceActivities {
  const { store, ffmpegPath } = dependencies;
  const voices = { store, ffmpegPath, providers: voiceProvidersOf(dependencies) };
  return {
    measurePace: (request) => measurePace(voices, request, activitySignal()),
    narrateScene: (request) => narrateScene(voices, request, activitySignal()),
  };
}

/** Outside an activity (tests, scripts) nothing cancels. */
function activitySignal(): AbortSignal | undefined {
  try {
    return Context.current().cancellationSignal;
  } catch {
    return undefined;
  }
}
