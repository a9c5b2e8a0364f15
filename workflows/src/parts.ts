/** What decides, without a workflow, what the stages are asked for: proved together with what foretells it. */
export { chaptersOf } from './chapters.js';
export { keepersFirst, pictured } from './edited.js';
export { placesOf } from './film-order.js';
export { styleAtRate, styleOfSegment } from './film-style.js';
export { shotOf } from './shots.js';
