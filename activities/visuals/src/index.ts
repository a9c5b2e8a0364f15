export * from './create-visuals-activities.js';
export { visualsProviders, type VisualsSettings } from './providers.js';
export { CARD_OVERSCAN } from './providers/cards/layout/frame.js';
export type { VisualsProvider } from './visuals-provider.js';
