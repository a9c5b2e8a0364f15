import { SAMPLE_RATE_HZ, type SoundStream } from './sound-stream.js';

export interface Rendered {
  left: Float32Array;
  right: Float32Array;
}

/** The first samples of a stream, read in uneven pieces. */
export function rendered(stream: SoundStream, samples: number, piece = 20_011): Rendered {
  const [left, right] = [new Float32Array(samples), new Float32Array(samples)];
  for (let at = 0; at < samples; at += piece) {
    stream.read(left.subarray(at, at + piece), right.subarray(at, at + piece));
  }
  return { left, right };
}

export function rms(samples: Float32Array, from = 0, to = samples.length): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2;
  return Math.sqrt(sum / Math.max(1, to - from));
}

export function highestStep(samples: Float32Array, from = 1, to = samples.length): number {
  let most = 0;
  for (let index = Math.max(1, from); index < to; index += 1) {
    most = Math.max(most, Math.abs((samples[index] ?? 0) - (samples[index - 1] ?? 0)));
  }
  return most;
}

const WINDOW = SAMPLE_RATE_HZ / 2;
const SHAPE = Float32Array.from(
  { length: WINDOW },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW),
);

/** Energy of each of the twelve pitch classes, from C on, over three octaves. Source: Goertzel's algorithm. */
export function chromaOf(samples: Float32Array): number[] {
  const energies = Array.from({ length: 12 }, () => 0);
  for (let pitch = 52; pitch < 88; pitch += 1) {
    const angle = (2 * Math.PI * 440 * 2 ** ((pitch - 69) / 12)) / SAMPLE_RATE_HZ;
    for (let from = 0; from + WINDOW <= samples.length; from += WINDOW) {
      energies[pitch % 12] = (energies[pitch % 12] ?? 0) + goertzel(samples, from, angle);
    }
  }
  return energies;
}

function goertzel(samples: Float32Array, from: number, angle: number): number {
  const coefficient = 2 * Math.cos(angle);
  let [before, last] = [0, 0];
  for (let index = 0; index < WINDOW; index += 1) {
    const now = (SHAPE[index] ?? 0) * (samples[from + index] ?? 0) + coefficient * last - before;
    before = last;
    last = now;
  }
  return before * before + last * last - coefficient * before * last;
}
