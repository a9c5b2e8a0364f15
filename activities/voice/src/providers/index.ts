import type { VoiceProvider } from '../voice-provider.js';
import { espeakProvider } from './espeak-ng/espeak-provider.js';
import { fliteProvider } from './flite/flite-provider.js';

export interface VoiceSettings {
  /** Programs, names on PATH or paths. */
  flitePath: string;
  espeakPath: string;
}

/** Every voice provider, the more natural one first. A new one is a folder here and a line below. */
export function voiceProvidersOf(settings: VoiceSettings): readonly VoiceProvider[] {
  return [fliteProvider(settings), espeakProvider(settings)];
}
