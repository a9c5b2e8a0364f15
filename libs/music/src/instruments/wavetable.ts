import { SAMPLE_RATE_HZ } from '../sound-stream.js';

/** One cycle of a wave. Power of two, so that a position wraps by a mask. */
const SIZE = 2_048;

/** Nothing above is made: it would only hiss. */
const TREBLE_HZ = 9_000;

/**
 * A wave of harmonics for one pitch, none of them above the treble: `amplitude` gives each one's by its number.
 * The sum of squares is that of a sine of height 1.
 */
export function wavetable(hz: number, amplitude: (harmonic: number) => number): Float32Array {
  const table = new Float32Array(SIZE);
  const harmonics = Math.max(1, Math.min(40, Math.floor(TREBLE_HZ / hz)));
  let power = 0;
  for (let harmonic = 1; harmonic <= harmonics; harmonic += 1) {
    const height = amplitude(harmonic);
    power += height * height;
    for (let index = 0; index < SIZE; index += 1) {
      const value = height * Math.sin((2 * Math.PI * harmonic * index) / SIZE);
      table[index] = (table[index] ?? 0) + value;
    }
  }
  const scale = 1 / Math.sqrt(power || 1);
  return table.map((value) => value * scale);
}

export interface Voice {
  hz: number;
  /** Where in the cycle it begins, 0 to 1. */
  phase: number;
  /** Share of the pitch by which it sways, and how often a second. */
  vibrato?: { depth: number; hz: number };
}

/** Adds a wave, as loud as `envelope` says at each sample. */
export function addVoice(
  into: Float32Array,
  table: Float32Array,
  { hz, phase, vibrato }: Voice,
  envelope: Float32Array,
): void {
  const step = (hz * SIZE) / SAMPLE_RATE_HZ;
  let position = phase * SIZE;
  let sway = 1;
  for (let index = 0; index < into.length; index += 1) {
    if (vibrato && index % 64 === 0) {
      const angle = (2 * Math.PI * vibrato.hz * index) / SAMPLE_RATE_HZ + phase * 6;
      sway = 1 + vibrato.depth * Math.sin(angle);
    }
    const whole = position | 0;
    const a = table[whole] ?? 0;
    const b = table[(whole + 1) & (SIZE - 1)] ?? 0;
    into[index] = (into[index] ?? 0) + (a + (b - a) * (position - whole)) * (envelope[index] ?? 0);
    position += step * sway;
    if (position >= SIZE) position -= SIZE;
  }
}

/** Rises and falls like a bow's stroke: half a cosine up, level, half a cosine down. Times in seconds. */
export function strokeOf(
  samples: number,
  { attackS, holdS, releaseS }: { attackS: number; holdS: number; releaseS: number },
): Float32Array {
  const envelope = new Float32Array(samples);
  const attack = Math.round(attackS * SAMPLE_RATE_HZ);
  const end = Math.round((attackS + holdS) * SAMPLE_RATE_HZ);
  const release = Math.round(releaseS * SAMPLE_RATE_HZ);
  envelope.fill(1, attack, end);
  for (let index = 0; index < Math.min(attack, samples); index += 1) {
    envelope[index] = 0.5 - 0.5 * Math.cos((Math.PI * index) / attack);
  }
  for (let index = 0; index < Math.min(release, samples - end); index += 1) {
    envelope[end + index] = 0.5 + 0.5 * Math.cos((Math.PI * index) / release);
  }
  return envelope;
}

/** Struck: up within `attackS`, then half as loud after each `halfS`. */
export function strikeOf(samples: number, attackS: number, halfS: number): Float32Array {
  const envelope = new Float32Array(samples);
  const attack = attackS * SAMPLE_RATE_HZ;
  const decay = 2 ** (-1 / (halfS * SAMPLE_RATE_HZ));
  let level = 1;
  for (let index = 0; index < samples; index += 1) {
    if (index < attack) {
      envelope[index] = index / attack;
      continue;
    }
    envelope[index] = level;
    level *= decay;
  }
  return envelope;
}
