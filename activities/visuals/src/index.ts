export * from './create-visuals-activities.js';
export { visualsProviders, type VisualsSettings } from './providers.js';
export type { VisualsProvider } from './visuals-provider.js';
