import { Failure } from '@aura/failure';
import { reportOfProvider, type Vendors } from '@aura/provider';
import type { ProviderReport } from '@aura/proto';
import type { VisualsProvider } from '../visuals-provider.js';
import { automatic1111 } from './automatic1111/automatic1111.js';
import { cards } from './cards/cards-entry.js';
import { figures } from './figures/figures.js';
import { comfyUi } from './comfyui/comfyui.js';
import { openAi } from './openai/openai.js';
import { comfyUiClips } from './comfyui-clips/comfyui-clips.js';
import { ownMedia } from './own-media/own-media.js';
import { pexels } from './pexels/pexels.js';
import { pexelsClips } from './pexels-clips/pexels-clips.js';
import { pixabay } from './pixabay/pixabay.js';
import { pixabayClips } from './pixabay-clips/pixabay-clips.js';
import {
  PICTURES,
  type VisualsDeps,
  type VisualsEntry,
  type VisualsSettings,
} from './visuals-entry.js';

/**
 * Every provider of pictures in the order of the chain: made for the scene, found in stock, given by the user, and drawn
 * last, for drawing never fails. Of one kind pictures come before clips, unless a scene or the film wishes for movement.
 */
export const VISUALS_PROVIDERS: readonly VisualsEntry[] = [
  openAi,
  comfyUi,
  automatic1111,
  comfyUiClips,
  pexels,
  pixabay,
  pexelsClips,
  pixabayClips,
  ownMedia,
  figures,
  cards,
];

/** Gives providers by name, each made once. Errors: InternalError, MissingApiKey, INVALID_CONFIG. */
export function visualsProvidersOf(
  settings: VisualsSettings,
  deps: VisualsDeps,
): (name: string) => VisualsProvider {
  const made = new Map<string, VisualsProvider>();
  return (name) => {
    const provider = made.get(name) ?? entryNamed(name).create(settings, deps);
    made.set(name, provider);
    return provider;
  };
}

/**
 * What the worker reports of this stage: each provider, its account and how it has done. Without a key or address nothing
 * is asked; a probe takes 2 s at most, is believed for a while and moves no breaker. What an account that serves other
 * stages too has done there does not count.
 */
export function visualsReports(
  settings: VisualsSettings,
  vendors: Vendors,
): Promise<ProviderReport[]> {
  return Promise.all(
    VISUALS_PROVIDERS.map((entry) => {
      const own = entry.reportOptions?.(settings);
      return reportOfProvider(entry, settings, { vendors, endpoints: [PICTURES], ...own });
    }),
  );
}

function entryNamed(name: string): VisualsEntry {
  const entry = VISUALS_PROVIDERS.find((one) => one.name === name);
  if (entry) return entry;
  throw new Failure('InternalError', 'This worker has no such provider of pictures.', {
    details: `provider ${name}`,
  });
}
