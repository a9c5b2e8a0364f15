export * from './artifact-store.js';
export { blobPlace } from './blob-names.js';
export * from './ledger.js';
export * from './local-store.js';
export type { Unused, UnusedRequest } from './remove-unused.js';
export type { Swept, SweepRequest } from './sweep.js';
export * from './unit-key.js';
export * from './open-store.js';
