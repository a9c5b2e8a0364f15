import { deepgram } from './deepgram/deepgram.js';
import { elevenLabs } from './elevenlabs/elevenlabs.js';
import { espeak } from './espeak-ng/espeak.js';
import { festival } from './festival/festival.js';
import { flite } from './flite/flite.js';
import { openAiCompatible } from './openai-compatible/openai-compatible.js';
import { openAi } from './openai/openai.js';
import { piper } from './piper/piper.js';
import type { VoiceEntry } from './voice-entry.js';

/** Every voice provider in the order of the chain, the more natural one first. A new one is a folder and a line. */
export const VOICE_PROVIDERS: readonly VoiceEntry[] = [
  elevenLabs,
  openAi,
  deepgram,
  openAiCompatible,
  piper,
  flite,
  festival,
  espeak,
];
