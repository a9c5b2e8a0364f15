export * from './codes.js';
export * from './failure.js';
export * from './map-error.js';
export * from './actions.js';
export * from './may-pass.js';
