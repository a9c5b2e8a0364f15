export * from './render-plan.js';
export * from './composite.js';
export * from './frame-facts.js';
export { eased, valueAt } from './track.js';
export { kernelRuns } from './kernel.js';
export { painterOf, type Painter } from './painter.js';
