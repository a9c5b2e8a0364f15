import type { Sound } from './wav.js';

/**
 * Integrated loudness in LUFS of a mono sound after ITU-R BS.1770-4 (K weighting, blocks of 400 ms every
 * 100 ms, gates at −70 LUFS and 10 LU below the mean), −70 where nothing passes the gate. A sound shorter
 * than a block counts as one block. The filters are the standard's two biquads for any sample rate, from
 * the analogue prototypes that De Man, "Evaluation of Implementations of the EBU R128 Loudness
 * Measurement" (AES 145, 2018), gives.
 */
export function loudnessLufs({ samples, sampleRate }: Sound): number {
  const input = new Float64Array(samples.length);
  for (let index = 0; index < input.length; index += 1)
    input[index] = (samples[index] ?? 0) / 32_768;
  const weighted = highPass(highShelf(input, sampleRate), sampleRate);
  const powers = blockPowers(weighted, sampleRate);
  const absolute = powers.filter((power) => lufs(power) > ABSOLUTE_GATE);
  if (absolute.length === 0) return ABSOLUTE_GATE;
  const relativeGate = lufs(mean(absolute)) - 10;
  return lufs(mean(absolute.filter((power) => lufs(power) > relativeGate)));
}

/** Highest sample, dBFS; −120 for digital silence. */
export function peakDb({ samples }: Sound): number {
  let peak = 0;
  for (let index = 0; index < samples.length; index += 1) {
    const sample = samples[index] ?? 0;
    const size = sample < 0 ? -sample : sample;
    if (size > peak) peak = size;
  }
  return peak === 0 ? -120 : 20 * Math.log10(peak / 32_768);
}

const ABSOLUTE_GATE = -70;

function lufs(power: number): number {
  return power > 0 ? -0.691 + 10 * Math.log10(power) : -120;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function blockPowers(weighted: Float64Array, sampleRate: number): number[] {
  const block = Math.min(weighted.length, Math.round(sampleRate * 0.4));
  const step = Math.round(sampleRate * 0.1);
  const powers: number[] = [];
  if (block === 0) return [];
  for (let from = 0; from + block <= weighted.length; from += step) {
    let sum = 0;
    for (let index = from; index < from + block; index += 1) sum += (weighted[index] ?? 0) ** 2;
    powers.push(sum / block);
  }
  return powers;
}

interface Biquad {
  b: [number, number, number];
  a: [number, number];
}

/** Stage 1: +4 dB above 1.7 kHz, the head as a sphere. */
function highShelf(input: Float64Array, sampleRate: number): Float64Array {
  const k = Math.tan((Math.PI * 1_681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const vh = 10 ** (3.999843853973347 / 20);
  const vb = vh ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return filtered(input, {
    b: [
      (vh + (vb * k) / q + k * k) / a0,
      (2 * (k * k - vh)) / a0,
      (vh - (vb * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  });
}

/** Stage 2: high pass at 38 Hz. */
function highPass(input: Float64Array, sampleRate: number): Float64Array {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return filtered(input, {
    b: [1, -2, 1],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  });
}

function filtered(input: Float64Array, { b: [b0, b1, b2], a: [a1, a2] }: Biquad): Float64Array {
  const output = new Float64Array(input.length);
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  for (let index = 0; index < input.length; index += 1) {
    const x = input[index] ?? 0;
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    output[index] = y;
  }
  return output;
}
