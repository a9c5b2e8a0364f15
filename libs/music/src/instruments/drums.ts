import { noiseOf, filtered } from '../noise.js';
import { SAMPLE_RATE_HZ } from '../sound-stream.js';
import { addPanned, emptyTone, type Tone } from '../tone.js';
import { strikeOf } from './wavetable.js';

export type Drum = 'kick' | 'tom' | 'snap' | 'hat' | 'shaker';

/** One stroke on a drum. Variants of the same differ a little, as those of a hand do. */
export function drum(kind: Drum, variant: number): Tone {
  const { seconds, make } = DRUMS[kind];
  const tone = emptyTone(seconds);
  const into = new Float32Array(tone.left.length);
  make(into, variant);
  addPanned(tone, into, kind === 'hat' ? 0.58 : kind === 'shaker' ? 0.4 : 0.5);
  return tone;
}

interface DrumSound {
  seconds: number;
  make: (into: Float32Array, variant: number) => void;
}

const DRUMS: Record<Drum, DrumSound> = {
  kick: { seconds: 0.4, make: (into) => skin(into, { fromHz: 105, toHz: 46, level: 0.5 }) },
  tom: {
    seconds: 1.4,
    make: (into, variant) => {
      skin(into, { fromHz: 96 + 8 * variant, toHz: 58 + 5 * variant, level: 0.5, halfS: 0.16 });
      hiss(into, { seed: `tom${variant}`, lowHz: 150, highHz: 900, level: 0.12, halfS: 0.02 });
    },
  },
  snap: {
    seconds: 0.3,
    make: (into, variant) =>
      hiss(into, { seed: `snap${variant}`, lowHz: 900, highHz: 4_500, level: 0.3, halfS: 0.025 }),
  },
  hat: {
    seconds: 0.12,
    make: (into, variant) =>
      hiss(into, { seed: `hat${variant}`, lowHz: 6_500, highHz: 12_000, level: 0.2, halfS: 0.012 }),
  },
  shaker: {
    seconds: 0.16,
    make: (into, variant) =>
      hiss(into, {
        seed: `shaker${variant}`,
        lowHz: 4_000,
        highHz: 9_000,
        level: 0.16,
        halfS: 0.022,
        attackS: 0.02,
      }),
  },
};

interface Skin {
  fromHz: number;
  toHz: number;
  level: number;
  halfS?: number;
}

/** A skin that is struck: its pitch falls while it dies away. */
function skin(into: Float32Array, { fromHz, toHz, level, halfS = 0.06 }: Skin): void {
  const envelope = strikeOf(into.length, 0.002, halfS);
  const sharpness = Math.exp(-1 / (0.03 * SAMPLE_RATE_HZ));
  let phase = 0;
  let fall = 1;
  for (let index = 0; index < into.length; index += 1) {
    phase += (2 * Math.PI * (toHz + (fromHz - toHz) * fall)) / SAMPLE_RATE_HZ;
    into[index] = (into[index] ?? 0) + level * (envelope[index] ?? 0) * Math.sin(phase);
    fall *= sharpness;
  }
}

interface Hiss {
  seed: string;
  lowHz: number;
  highHz: number;
  level: number;
  halfS: number;
  attackS?: number;
}

function hiss(into: Float32Array, { seed, lowHz, highHz, level, halfS, attackS = 0.001 }: Hiss) {
  const envelope = strikeOf(into.length, attackS, halfS);
  const noise = noiseOf(seed);
  const band = filtered({ lowHz, highHz });
  for (let index = 0; index < into.length; index += 1) {
    into[index] = (into[index] ?? 0) + 2 * level * (envelope[index] ?? 0) * band(noise());
  }
}
