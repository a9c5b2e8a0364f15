import { open } from 'node:fs/promises';
import { loudnessMeter } from '@aura/music';
import { SAMPLE_RATE_HZ } from '../film-constants.js';

/** A stretch of the film in samples. */
export interface Stretch {
  from: number;
  to: number;
}

export interface HeardSpeech {
  /** Of the speech without its pauses; −70 where nobody speaks. */
  loudnessLufs: number;
  /** Where somebody speaks, pauses shorter than `MERGED_S` included. */
  spoken: Stretch[];
}

const HOP = SAMPLE_RATE_HZ / 100;
/** Quieter than this is breath and room, of 1. */
const SPOKEN_LEVEL = 10 ** (-46 / 20);
/** A pause between two sentences: music that came up in it would only pump. */
const MERGED_S = 1.4;

/** Listens to the film's raw speech (mono, 48 kHz, signed 16 bit) before anything is laid under it. */
export async function hearSpeech(file: string): Promise<HeardSpeech> {
  const meter = loudnessMeter();
  const found: Stretch[] = [];
  let at = 0;
  const handle = await open(file, 'r');
  try {
    const bytes = new Uint8Array(2 * SAMPLE_RATE_HZ);
    for (;;) {
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, 2 * at);
      const count = Math.floor(bytesRead / 2);
      if (count === 0) break;
      const samples = Float32Array.from(new Int16Array(bytes.buffer, 0, count), toFloat);
      meter.add(samples, samples);
      noteSpoken(found, samples, at);
      at += count;
    }
  } finally {
    await handle.close();
  }
  return { loudnessLufs: meter.loudnessLufs(), spoken: found };
}

function toFloat(sample: number): number {
  return sample / 32_768;
}

function noteSpoken(found: Stretch[], samples: Float32Array, at: number): void {
  for (let from = 0; from < samples.length; from += HOP) {
    const to = Math.min(samples.length, from + HOP);
    let sum = 0;
    for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2;
    if (Math.sqrt(sum / (to - from)) < SPOKEN_LEVEL) continue;
    const last = found.at(-1);
    if (last && at + from - last.to < MERGED_S * SAMPLE_RATE_HZ) last.to = at + to;
    else found.push({ from: at + from, to: at + to });
  }
}
