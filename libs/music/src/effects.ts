import { CHIME, struck } from './instruments/struck.js';
import { noiseOf, poleOf } from './noise.js';
import { inRoom } from './reverb.js';
import { SAMPLE_RATE_HZ, type SoundStream } from './sound-stream.js';
import { addPanned, emptyTone, peakOf, trimmed, type Tone } from './tone.js';

export const EFFECTS = ['whoosh', 'chime', 'tick'] as const;
export type Effect = (typeof EFFECTS)[number];

export function isEffect(name: string): name is Effect {
  return (EFFECTS as readonly string[]).includes(name);
}

/** What their peaks sound like; they are too short for a meter. */
export const EFFECT_LUFS = -18;

export interface EffectStream extends SoundStream {
  /** How long it is, until it has died away. */
  samples: number;
}

/** A short sound, always the same, that ends by itself; its peak is at −6 dB. */
export function playEffect(effect: Effect): EffectStream {
  const tone = atPeak(trimmed(MADE[effect]()), 0.5);
  let at = 0;
  return {
    samples: tone.left.length,
    read(left, right) {
      left.fill(0);
      right.fill(0);
      const count = Math.max(0, Math.min(left.length, tone.left.length - at));
      left.set(tone.left.subarray(at, at + count));
      right.set(tone.right.subarray(at, at + count));
      at += count;
    },
  };
}

const MADE: Record<Effect, () => Tone> = {
  whoosh,
  chime: () => inRoom(chord(), { decayS: 2, wet: 0.2 }),
  tick: () => inRoom(tick(), { decayS: 0.4, wet: 0.05 }),
};

/** Noise whose band rises and falls while it goes from left to right. */
function whoosh(): Tone {
  const tone = emptyTone(0.9);
  const noise = noiseOf('whoosh');
  const count = tone.left.length;
  let [below, first, second] = [0, 0, 0];
  for (let index = 0; index < count; index += 1) {
    const share = index / count;
    const swell = Math.sin(Math.PI * share) ** 2;
    const [low, high] = [poleOf(120 + 500 * swell), poleOf(400 + 3_600 * swell)];
    const value = noise();
    below += low * (value - below);
    first += high * (value - below - first);
    second += high * (first - second);
    tone.left[index] = second * swell * Math.cos((Math.PI / 2) * share);
    tone.right[index] = second * swell * Math.sin((Math.PI / 2) * share);
  }
  return tone;
}

/** A fifth and an octave, one after the other. */
function chord(): Tone {
  const tone = emptyTone(2.4);
  for (const [index, pitch] of [84, 91, 96].entries()) {
    const note = struck(pitch, CHIME);
    const late = new Float32Array(tone.left.length);
    const from = Math.round(index * 0.07 * SAMPLE_RATE_HZ);
    late.set(note.left.subarray(0, late.length - from), from);
    addPanned(tone, late, 0.4 + 0.1 * index);
  }
  return tone;
}

function tick(): Tone {
  return struck(96, {
    attackS: 0.001,
    halfS: 0.02,
    partials: [
      { ratio: 1, level: 1, faster: 1 },
      { ratio: 2.7, level: 0.4, faster: 2 },
    ],
  });
}

function atPeak({ left, right }: Tone, wanted: number): Tone {
  const gain = wanted / Math.max(1e-9, peakOf(left), peakOf(right));
  return { left: left.map((value) => value * gain), right: right.map((value) => value * gain) };
}
