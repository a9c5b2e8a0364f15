import { filtered, noiseOf } from './noise.js';
import { between, randomOf, type Random } from './random.js';
import { SAMPLE_RATE_HZ, type SoundStream } from './sound-stream.js';

export const AMBIENCES = ['wind', 'rain', 'room', 'waves'] as const;
export type Ambience = (typeof AMBIENCES)[number];

export function isAmbience(name: string): name is Ambience {
  return (AMBIENCES as readonly string[]).includes(name);
}

/** Integrated loudness of all of them, within a decibel or two: they swell. */
export const AMBIENCE_LUFS = -26;

/** A place that goes on for ever. Nothing in it repeats within an hour. */
export function playAmbience(ambience: Ambience, seed: string): SoundStream {
  const sides = (['left', 'right'] as const).map((side) => PLACES[ambience](`${seed}/${side}`));
  const swell = SWELLS[ambience](randomOf(`${ambience}/${seed}`));
  let at = 0;
  return {
    read(left, right) {
      for (let index = 0; index < left.length; index += 1) {
        const level = swell(at + index);
        left[index] = level * (sides[0]?.() ?? 0);
        right[index] = level * (sides[1]?.() ?? 0);
      }
      at += left.length;
    },
  };
}

/** What one ear hears, sample by sample. */
const PLACES: Record<Ambience, (seed: string) => () => number> = {
  wind: (seed) => {
    const noise = noiseOf(seed);
    const [low, whistle] = [
      filtered({ lowHz: 60, highHz: 380 }),
      filtered({ lowHz: 500, highHz: 900 }),
    ];
    return () => {
      const value = noise();
      return 0.6 * low(value) + 0.2 * whistle(value);
    };
  },
  rain: (seed) => {
    const [noise, drops] = [noiseOf(seed), noiseOf(`${seed}/drops`)];
    const [fall, patter] = [
      filtered({ lowHz: 700, highHz: 7_000 }),
      filtered({ lowHz: 1_500, highHz: 5_000 }),
    ];
    let drop = 0;
    return () => {
      // A drop near by about forty times a second, gone after a millisecond or two.
      const chance = drops();
      drop = Math.abs(chance) > 0.9992 ? chance * 4 : drop * 0.985;
      return 0.087 * fall(noise()) + 0.125 * patter(drop * noise());
    };
  },
  room: (seed) => {
    const noise = noiseOf(seed);
    const [air, hum] = [
      filtered({ lowHz: 40, highHz: 260 }),
      filtered({ lowHz: 300, highHz: 2_500 }),
    ];
    return () => {
      const value = noise();
      return 0.93 * air(value) + 0.056 * hum(value);
    };
  },
  waves: (seed) => {
    const noise = noiseOf(seed);
    const [surge, foam] = [
      filtered({ lowHz: 50, highHz: 500 }),
      filtered({ lowHz: 800, highHz: 5_000 }),
    ];
    return () => {
      const value = noise();
      return 0.42 * surge(value) + 0.1 * foam(value);
    };
  },
};

/** How loud the place is at each sample. */
const SWELLS: Record<Ambience, (random: Random) => (at: number) => number> = {
  wind: (random) => swaying(random, { everyS: [3, 9], depth: 0.55 }),
  rain: (random) => swaying(random, { everyS: [7, 19], depth: 0.15 }),
  room: () => () => 1,
  waves: (random) => swaying(random, { everyS: [6, 11], depth: 0.75 }),
};

/** Three slow waves of lengths that do not fit into each other; worked out a hundred times a second. */
function swaying(
  random: Random,
  { everyS, depth }: { everyS: readonly [number, number]; depth: number },
): (at: number) => number {
  const waves = [0, 1, 2].map(() => ({
    hz: 1 / between(random, everyS),
    phase: random() * 2 * Math.PI,
  }));
  const levelAt = (step: number) => {
    const seconds = step / 100;
    const sum = waves.reduce(
      (all, { hz, phase }) => all + Math.sin(2 * Math.PI * hz * seconds + phase),
      0,
    );
    return 1 + (depth * sum) / waves.length;
  };
  const stepSamples = SAMPLE_RATE_HZ / 100;
  let step = -1;
  let [from, to] = [0, 0];
  return (at) => {
    const now = Math.floor(at / stepSamples);
    if (now !== step) {
      step = now;
      [from, to] = [levelAt(now), levelAt(now + 1)];
    }
    return from + (to - from) * (at / stepSamples - now);
  };
}
