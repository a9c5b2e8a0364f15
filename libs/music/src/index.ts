export { SAMPLE_RATE_HZ, type SoundStream } from './sound-stream.js';
export { loudnessMeter, SILENCE_LUFS, type LoudnessMeter } from './loudness-meter.js';
export { isMood, MOODS, type Mood } from './moods.js';
export { planMusic, type MusicOrder, type MusicPlan } from './plan-music.js';
export { MADE_LUFS, playMusic } from './play-music.js';
export { AMBIENCE_LUFS, AMBIENCES, isAmbience, playAmbience, type Ambience } from './ambience.js';
export { EFFECT_LUFS, EFFECTS, isEffect, playEffect, type Effect } from './effects.js';

/** Raised whenever the same order sounds different. */
export const MUSIC_RECIPE = 1;
