export * from './log.js';
export * from './public-history.js';
export * from './credentials.js';
