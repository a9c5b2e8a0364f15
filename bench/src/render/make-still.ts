import { detailedStill } from './stills.js';

/** node make-still.js <folder> <index>: a process of its own, whose memory is not that of the render. */
const [folder, index] = process.argv.slice(2);
await detailedStill(folder ?? '.', Number(index));
