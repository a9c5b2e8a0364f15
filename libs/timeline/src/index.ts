export { framesCovering, framesOf, msOf, perSecond, rateOf, samplesOf } from '@aura/proto';
export * from './captions.js';
export * from './fragment.js';
export * from './motion.js';
export * from './overlays.js';
export * from './sounds.js';
export * from './timeline-of.js';
export * from './transitions.js';
export * from './visual-of.js';
