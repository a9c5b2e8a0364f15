export type * from './render-plan.js';
