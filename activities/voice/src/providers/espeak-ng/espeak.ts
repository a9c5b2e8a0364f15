import type { VoiceEntry } from '../voice-entry.js';
import { ESPEAK_LANGUAGES } from './espeak-languages.js';
import { espeakProvider } from './espeak-provider.js';

export const espeak: VoiceEntry = {
  name: 'espeak-ng',
  stage: 'voice',
  kind: 'speech',
  runs: 'local',
  gives: 'A plain voice on this machine for some hundred languages, with exact word times.',
  capabilities: { languages: ESPEAK_LANGUAGES, wordTimings: true, deterministic: true },
  settings: ['ESPEAK_PATH'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 4 },
  create: espeakProvider,
};
