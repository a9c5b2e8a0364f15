export * from './create-visuals-activities.js';
export { fontsCheck } from '@aura/drawing';
export { VISUALS_PROVIDERS, visualsProvidersOf, visualsReports } from './providers/registry.js';
export type { VisualsEntry, VisualsSettings } from './providers/visuals-entry.js';
export type { VisualsProvider } from './visuals-provider.js';
