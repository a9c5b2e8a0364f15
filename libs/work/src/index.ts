export { activitySignal } from './activity-context.js';
export * from './checkpoints.js';
export * from './paid-reply.js';
export * from './progress.js';
export * from './unit-of-work.js';
