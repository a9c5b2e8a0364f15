import { randomOf } from './random.js';
import { SAMPLE_RATE_HZ } from './sound-stream.js';

const { imul } = Math;

/** White noise from −1 to 1, the same for the same seed. */
export function noiseOf(seed: string): () => number {
  // A linear congruential generator is fast, and good enough for what nobody looks at.
  let state = Math.floor(randomOf(seed)() * 4_294_967_296) | 1;
  return () => {
    state = (imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2_147_483_648;
  };
}

export interface Band {
  /** Absent for no limit on that side. */
  lowHz?: number;
  highHz?: number;
}

/** Lets a band pass: 12 dB an octave at its upper edge, 6 dB at its lower one. Keeps its state. */
export function filtered({ lowHz, highHz }: Band): (value: number) => number {
  const low = lowHz === undefined ? 0 : poleOf(lowHz);
  const high = highHz === undefined ? 1 : poleOf(highHz);
  let [below, first, second] = [0, 0, 0];
  return (value) => {
    below += low * (value - below);
    first += high * (value - below - first);
    second += high * (first - second);
    return second;
  };
}

/** The weight of a new value in a filter of one pole. */
export function poleOf(hz: number): number {
  return 1 - Math.exp((-2 * Math.PI * hz) / SAMPLE_RATE_HZ);
}
