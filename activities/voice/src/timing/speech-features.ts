import type { Sound } from '../sound/wav.js';

/** Time between two frames of features. */
export const HOP_MS = 10;
const RATE = 16_000;
const WINDOW = 512;
const BANDS = 24;
const COEFFICIENTS = 12;
const LOWEST_HZ = 100;
const HIGHEST_HZ = 6_500;
/** Keeps digital silence finite: a power far below that of the softest speech. */
const FLOOR = 1e4;

/**
 * What speech sounds like over time, little dependent on who speaks: cepstra of mel bands (Davis and Mermelstein,
 * "Comparison of parametric representations for monosyllabic word recognition", 1980), of which
 * the first is the loudness, each normalised to mean 0 and variance 1 over the stretch [fromMs, toMs).
 */
export function speechFeatures(sound: Sound, fromMs: number, toMs: number): Float64Array[] {
  const samples = resampled(sound, fromMs, toMs);
  const hop = (RATE * HOP_MS) / 1_000;
  const frames: Float64Array[] = [];
  for (let at = 0; at < samples.length; at += hop) frames.push(cepstrum(samples, at - WINDOW / 2));
  normalise(frames);
  return frames;
}

/** Means over as many samples as one stands for: good enough below 6.5 kHz to compare with. */
function resampled({ samples, sampleRate }: Sound, fromMs: number, toMs: number): Float64Array {
  const step = sampleRate / RATE;
  const start = (fromMs / 1_000) * sampleRate;
  const means = new Float64Array(Math.max(0, Math.floor(((toMs - fromMs) / 1_000) * RATE)));
  let from = Math.floor(start);
  for (let index = 0; index < means.length; index += 1) {
    const to = wholeOf(start + (index + 1) * step);
    let sum = 0;
    for (let at = from; at < to; at += 1) sum += samples[at] ?? 0;
    means[index] = to > from ? sum / (to - from) : (samples[from] ?? 0);
    from = to;
  }
  return means;
}

function cepstrum(samples: Float64Array, from: number): Float64Array {
  const re = new Float64Array(WINDOW);
  const im = new Float64Array(WINDOW);
  for (let index = 0; index < WINDOW; index += 1) {
    re[index] = (samples[from + index] ?? 0) * (HANN[index] ?? 0);
  }
  transform(re, im);
  const frame = new Float64Array(COEFFICIENTS);
  for (const [band, weights] of FILTERS.entries()) {
    let power = FLOOR;
    for (const [bin, weight] of weights) {
      const [x, y] = [re[bin] ?? 0, im[bin] ?? 0];
      power += weight * (x * x + y * y);
    }
    const log = logOf(power);
    for (let order = 0; order < COEFFICIENTS; order += 1) {
      frame[order] = (frame[order] ?? 0) + log * (SHAPES[order * BANDS + band] ?? 0);
    }
  }
  return frame;
}

function normalise(frames: readonly Float64Array[]): void {
  for (let order = 0; order < COEFFICIENTS; order += 1) {
    const values = frames.map((frame) => frame[order] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
    const variance =
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length || 1);
    const scale = 1 / Math.sqrt(variance + 1e-6);
    for (const frame of frames) frame[order] = ((frame[order] ?? 0) - mean) * scale;
  }
}

const HANN = Float64Array.from(
  { length: WINDOW },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW),
);

const { trunc: wholeOf, log: logOf } = Math;

const COSINES = turns(Math.cos);
const SINES = turns(Math.sin);

function turns(wave: (angle: number) => number): Float64Array {
  return Float64Array.from({ length: WINDOW }, (_, index) => wave((-2 * Math.PI * index) / WINDOW));
}

/** Edges of the bands, evenly spaced in mel, in bins of the transform. */
const EDGES: readonly number[] = Array.from({ length: BANDS + 2 }, (_, edge) => {
  const [low, high] = [LOWEST_HZ, HIGHEST_HZ].map((hz) => 2_595 * Math.log10(1 + hz / 700)) as [
    number,
    number,
  ];
  const mel = low + ((high - low) * edge) / (BANDS + 1);
  return (700 * (10 ** (mel / 2_595) - 1) * WINDOW) / RATE;
});

/** Triangles over the bins of each band, as [bin, weight]. */
const FILTERS: readonly (readonly [bin: number, weight: number][])[] = EDGES.slice(1, -1).map(
  (centre, band) => {
    const [low, high] = [EDGES[band] ?? 0, EDGES[band + 2] ?? 0];
    const first = Math.ceil(low);
    return Array.from({ length: Math.ceil(high) - first }, (_, index) => {
      const bin = first + index;
      const weight = bin < centre ? (bin - low) / (centre - low) : (high - bin) / (high - centre);
      return [bin, weight];
    });
  },
);

/** Cosines of the discrete cosine transform, by order, then band. */
const SHAPES = Float64Array.from({ length: COEFFICIENTS * BANDS }, (_, index) =>
  Math.cos((Math.PI * Math.floor(index / BANDS) * ((index % BANDS) + 0.5)) / BANDS),
);

/** Fast Fourier transform in place, radix 2 (Cooley and Tukey, 1965). */
function transform(re: Float64Array, im: Float64Array): void {
  const length = re.length;
  for (let index = 1, reversed = 0; index < length; index += 1) {
    let bit = length >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (index < reversed) {
      [re[index], re[reversed]] = [re[reversed] ?? 0, re[index] ?? 0];
    }
  }
  for (let size = 2; size <= length; size *= 2) {
    for (let start = 0; start < length; start += size) butterflies(re, im, start, size);
  }
}

function butterflies(re: Float64Array, im: Float64Array, start: number, size: number): void {
  const half = size / 2;
  for (let index = 0; index < half; index += 1) {
    const turn = index * (WINDOW / size);
    const cos = COSINES[turn] ?? 0;
    const sin = SINES[turn] ?? 0;
    const even = start + index;
    const odd = even + half;
    const oddRe = (re[odd] ?? 0) * cos - (im[odd] ?? 0) * sin;
    const oddIm = (re[odd] ?? 0) * sin + (im[odd] ?? 0) * cos;
    re[odd] = (re[even] ?? 0) - oddRe;
    im[odd] = (im[even] ?? 0) - oddIm;
    re[even] = (re[even] ?? 0) + oddRe;
    im[even] = (im[even] ?? 0) + oddIm;
  }
}
