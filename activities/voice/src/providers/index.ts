import { Failure } from '@aura/failure';
import { createVendors, PRICES, type PriceList, type Vendors } from '@aura/provider';
import type { VoiceProvider } from '../voice-provider.js';
import { VOICE_PROVIDERS } from './registry.js';
import type { VoiceDeps, VoiceEntry } from './voice-entry.js';
import type { VoiceSettings } from './voice-settings.js';

export type { VoiceSettings } from './voice-settings.js';

/** What a stage with voices is given: what they are set to, and what calls to vendors go through. */
export interface VoiceServices extends VoiceSettings {
  ffmpegPath: string;
  /** One for the whole process; a tool that calls nobody needs none. */
  vendors?: Vendors;
  prices?: PriceList;
}

/** Every voice provider in the order of the chain; those that are not set up only say so. No network. */
export function voiceProvidersOf(services: VoiceServices): readonly VoiceProvider[] {
  const { ffmpegPath, vendors = createVendors(), prices = PRICES } = services;
  return VOICE_PROVIDERS.map((entry) =>
    createdFrom(entry, services, { vendors, prices, ffmpegPath }),
  );
}

function createdFrom(entry: VoiceEntry, settings: VoiceSettings, deps: VoiceDeps): VoiceProvider {
  try {
    return entry.create(settings, deps);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return {
      name: entry.name,
      failure: error,
      languages: [],
      voiceFor: () => undefined,
      version: () => Promise.reject(error),
      speak: () => Promise.reject(error),
    };
  }
}
