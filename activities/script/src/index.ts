export * from './create-script-activities.js';
export * from './script-provider.js';
export * from './validate-script.js';
export { scriptProviders, type ScriptProviderSettings } from './providers/registry.js';
