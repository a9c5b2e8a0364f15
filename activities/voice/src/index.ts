export {
  createVoiceActivities,
  type VoiceActivitiesDependencies,
} from './create-voice-activities.js';
export { voiceProviders } from './provider-reports.js';
export { voiceProvidersOf, type VoiceServices, type VoiceSettings } from './providers/index.js';
export { VOICE_PROVIDERS } from './providers/registry.js';
export { voicesOf, type LogicalVoice } from './voices-of.js';
