export * from './compose-activities.js';
export * from './compose-checks.js';
export * from './film-constants.js';
export { filmInputs } from './film/assemble-film.js';
export { segmentInputs } from './segment/encode-segment.js';
export type { ComposeDependencies } from './compose-deps.js';
export type { SegmentRenderer } from './segment/segment-renderer.js';
export { Hardware } from './hardware/hardware.js';
export { encodeInPasses } from './segment/encode-in-passes.js';
