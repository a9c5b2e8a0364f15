import { addPanned, emptyTone, hzOf, type Tone } from '../tone.js';
import { addVoice, strokeOf, wavetable } from './wavetable.js';

/** How a chord is held. */
export interface SustainedSound {
  attackS: number;
  releaseS: number;
  /** Harmonics fall off with this power of their number: more is darker. */
  darkness: number;
  /** Detuning between its voices, in cents, and how far they stand apart, 0 to 1. */
  detuneCents: number;
  width: number;
  vibrato?: { depth: number; hz: number };
}

export const PAD: SustainedSound = {
  attackS: 0.7,
  releaseS: 1.1,
  darkness: 2.1,
  detuneCents: 7,
  width: 0.8,
};

export const STRINGS: SustainedSound = {
  attackS: 0.45,
  releaseS: 0.8,
  darkness: 1.45,
  detuneCents: 9,
  width: 0.7,
  vibrato: { depth: 0.0025, hz: 5.1 },
};

/** Bows that only touch: for rhythms. */
export const SPICCATO: SustainedSound = {
  attackS: 0.018,
  releaseS: 0.16,
  darkness: 1.3,
  detuneCents: 6,
  width: 0.35,
};

/** Soft keys: a chord with a clear beginning that stays in the background. */
export const KEYS: SustainedSound = {
  attackS: 0.03,
  releaseS: 0.7,
  darkness: 2.4,
  detuneCents: 3,
  width: 0.5,
};

const VOICES = 3;

/** A chord held for so many seconds, its release not counted. */
export function sustained(
  pitches: readonly number[],
  holdS: number,
  { attackS, releaseS, darkness, detuneCents, width, vibrato }: SustainedSound,
): Tone {
  const tone = emptyTone(holdS + releaseS);
  const level = 0.3 / Math.sqrt(pitches.length * VOICES);
  const envelope = strokeOf(tone.left.length, {
    attackS,
    holdS: Math.max(0, holdS - attackS),
    releaseS,
  }).map((share) => share * level);
  for (const [chordTone, pitch] of pitches.entries()) {
    const table = wavetable(hzOf(pitch), (harmonic) => harmonic ** -darkness);
    for (let voice = 0; voice < VOICES; voice += 1) {
      const place = voice / (VOICES - 1) - 0.5;
      const into = new Float32Array(tone.left.length);
      const hz = hzOf(pitch + (place * 2 * detuneCents) / 100);
      // The golden ratio spreads beginnings so that no two waves run together.
      const phase = ((chordTone * VOICES + voice) * 0.618) % 1;
      addVoice(into, table, { hz, phase, vibrato }, envelope);
      addPanned(tone, into, 0.5 + place * width * (chordTone % 2 === 0 ? 1 : -1));
    }
  }
  return tone;
}
