import { SAMPLE_RATE_HZ } from './sound-stream.js';

/** One sound of an instrument, from its beginning until it has died away. */
export interface Tone {
  left: Float32Array;
  right: Float32Array;
}

/** An empty tone of so many seconds. */
export function emptyTone(seconds: number): Tone {
  const samples = Math.max(1, Math.round(seconds * SAMPLE_RATE_HZ));
  return { left: new Float32Array(samples), right: new Float32Array(samples) };
}

/** Adds a source to both sides: 0 is the left, 1 the right, with equal power on the way. */
export function addPanned(tone: Tone, source: Float32Array, pan: number): void {
  const { left, right } = panGains(pan);
  const count = Math.min(source.length, tone.left.length);
  for (let index = 0; index < count; index += 1) {
    const value = source[index] ?? 0;
    tone.left[index] = (tone.left[index] ?? 0) + value * left;
    tone.right[index] = (tone.right[index] ?? 0) + value * right;
  }
}

export function panGains(pan: number): { left: number; right: number } {
  return { left: Math.cos((pan * Math.PI) / 2), right: Math.sin((pan * Math.PI) / 2) };
}

/** Below −80 dB of its own peak a tone is over; its last 20 ms fade to nothing. */
const OVER = 1e-4;
const FADE_SAMPLES = 960;

export function trimmed({ left, right }: Tone): Tone {
  const quiet = OVER * Math.max(peakOf(left), peakOf(right));
  let end = left.length;
  const isQuiet = (value = 0) => value < quiet && -value < quiet;
  while (end > FADE_SAMPLES && isQuiet(left[end - 1]) && isQuiet(right[end - 1])) end -= 1;
  const kept = { left: left.slice(0, end), right: right.slice(0, end) };
  const fade = Math.min(FADE_SAMPLES, end);
  for (let index = 0; index < fade; index += 1) {
    const at = end - 1 - index;
    kept.left[at] = ((kept.left[at] ?? 0) * index) / fade;
    kept.right[at] = ((kept.right[at] ?? 0) * index) / fade;
  }
  return kept;
}

export function peakOf(samples: Float32Array): number {
  let peak = 0;
  for (const value of samples) {
    if (value > peak) peak = value;
    else if (-value > peak) peak = -value;
  }
  return peak;
}

export function hzOf(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}
