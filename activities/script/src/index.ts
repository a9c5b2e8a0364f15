export * from './create-script-activities.js';
export * from './script-provider.js';
export * from './validate-script.js';
export { scriptProviders, type ScriptProviderSettings } from './providers/registry.js';
export { FINAL_SILENCE_MS, SCENE_SILENCE_MS } from './pace.js';
