export * from './artifact-store.js';
export * from './local-store.js';
export * from './unit-key.js';
