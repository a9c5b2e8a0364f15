import type { VisualsActivities } from '@aura/proto';
import { illustrateScene } from './illustrate-scene.js';
import { visualsProvidersOf } from './providers/registry.js';
import type { VisualsDeps, VisualsSettings } from './providers/visuals-entry.js';

export interface VisualsDependencies extends VisualsSettings, VisualsDeps {}

/** The activities of the queue aura-visuals. */
export function createVisualsActivities({
  store,
  vendors,
  journal,
  prices,
  programs,
  ...settings
}: VisualsDependencies): VisualsActivities {
  const providerNamed = visualsProvidersOf(settings, { vendors, journal, prices, store, programs });
  return {
    illustrateScene: async (request) =>
      illustrateScene(request, providerNamed(request.provider), store),
  };
}
