import { SAMPLE_RATE_HZ } from './sound-stream.js';

/** What nobody hears. */
export const SILENCE_LUFS = -70;

export interface LoudnessMeter {
  add(left: Float32Array, right: Float32Array): void;
  /** Integrated loudness of all that was added, in LUFS; −70 for silence. */
  loudnessLufs(): number;
  /** The highest sample, of 1. */
  peak(): number;
}

/** 100 ms: blocks of 400 ms overlap by three quarters. */
const STEP_SAMPLES = SAMPLE_RATE_HZ / 10;
const STEPS_PER_BLOCK = 4;

/**
 * Measures loudness while sound passes, in memory that grows by eight bytes each tenth of a second.
 * Source: ITU-R BS.1770-4, with the weighting's coefficients for 48 kHz of its annex 1.
 */
export function loudnessMeter(): LoudnessMeter {
  const steps: number[] = [];
  const sides = [kWeighting(), kWeighting()] as const;
  let filled = 0;
  let energy = 0;
  let peak = 0;
  return {
    add(left, right) {
      for (let from = 0; from < left.length;) {
        const to = Math.min(left.length, from + STEP_SAMPLES - filled);
        energy += sides[0](left, from, to) + sides[1](right, from, to);
        peak = Math.max(peak, highest(left, from, to), highest(right, from, to));
        filled += to - from;
        from = to;
        if (filled < STEP_SAMPLES) continue;
        steps.push(energy / STEP_SAMPLES);
        filled = 0;
        energy = 0;
      }
    },
    loudnessLufs: () => integrated(steps),
    peak: () => peak,
  };
}

/** The sum of squares of a stretch after weighting. Keeps its state from call to call. */
function kWeighting(): (samples: Float32Array, from: number, to: number) => number {
  let [a, b, c, d] = [0, 0, 0, 0];
  return (samples, from, to) => {
    let sum = 0;
    for (let index = from; index < to; index += 1) {
      const value = samples[index] ?? 0;
      const shelf = 1.53512485958697 * value + a;
      a = -2.69169618940638 * value + 1.69065929318241 * shelf + b;
      b = 1.19839281085285 * value - 0.73248077421585 * shelf;
      const high = shelf + c;
      c = -2 * shelf + 1.99004745483398 * high + d;
      d = shelf - 0.99007225036621 * high;
      sum += high * high;
    }
    // Filters that ring on in silence reach numbers that processors are slow with.
    if (sum < 1e-30) [a, b, c, d] = [0, 0, 0, 0];
    return sum;
  };
}

function highest(samples: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let index = from; index < to; index += 1) {
    const value = samples[index] ?? 0;
    if (value > most) most = value;
    else if (-value > most) most = -value;
  }
  return most;
}

function integrated(steps: readonly number[]): number {
  const blocks: number[] = [];
  for (let first = 0; first + STEPS_PER_BLOCK <= steps.length; first += 1) {
    blocks.push(mean(steps.slice(first, first + STEPS_PER_BLOCK)));
  }
  const heard = blocks.filter((block) => lufsOf(block) > SILENCE_LUFS);
  const gate = lufsOf(mean(heard)) - 10;
  return Math.max(SILENCE_LUFS, lufsOf(mean(heard.filter((block) => lufsOf(block) > gate))));
}

function lufsOf(energy: number): number {
  return -0.691 + 10 * Math.log10(energy);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
