export { makeVideo } from './make-video.js';
