import type { VoiceEntry } from '../voice-entry.js';
import { fliteProvider } from './flite-provider.js';

/** One of its processes per processor is as much as a machine gains from. */
export const flite: VoiceEntry = {
  name: 'flite',
  stage: 'voice',
  kind: 'speech',
  runs: 'local',
  gives: 'English voices on this machine, with exact word times.',
  capabilities: { languages: ['en'], wordTimings: true, deterministic: true },
  settings: ['FLITE_PATH'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 4 },
  create: fliteProvider,
};
