import type { VisualsActivities } from '@aura/proto';
import type { ArtifactStore } from '@aura/storage';
import { illustrateScene } from './illustrate-scene.js';
import { createProviders, type VisualsSettings } from './providers.js';

export interface VisualsDependencies extends VisualsSettings {
  store: ArtifactStore;
}

/** The activities of the queue aura-visuals. */
export function createVisualsActivities({
  store,
  ...settings
}: VisualsDependencies): VisualsActivities {
  const providers = createProviders(settings);
  return {
    illustrateScene: (request) => illustrateScene(request, providers, store),
  };
}
