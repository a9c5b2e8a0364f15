export * from './run-program.js';
export * from './run-ffmpeg.js';
export * from './watched-ffmpeg.js';
export * from './probe.js';
export * from './mp4-boxes.js';
export * from './wav-header.js';
export * from './picture-limits.js';
export * from './png-header.js';
export { isTimeout, provenPrograms, type Trial } from './proven-programs.js';
