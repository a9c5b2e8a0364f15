export {
  createVoiceActivities,
  type VoiceActivitiesDependencies,
} from './create-voice-activities.js';
export { voiceProviders } from './provider-reports.js';
export { voicesFor } from './resolve-voice.js';
export { voiceProvidersOf } from './providers/index.js';
