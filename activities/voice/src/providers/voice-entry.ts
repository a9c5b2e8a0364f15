import type { PriceList, ProviderEntry, Vendors } from '@aura/provider';
import type { VoiceProvider } from '../voice-provider.js';
import type { VoiceSettings } from './voice-settings.js';

/** What providers work with besides their settings. */
export interface VoiceDeps {
  vendors: Vendors;
  prices: PriceList;
  ffmpegPath: string;
}

export type VoiceEntry = ProviderEntry<VoiceProvider, VoiceSettings, VoiceDeps>;
