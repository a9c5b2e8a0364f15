import { open, type FileHandle } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import { loudnessMeter } from '@aura/music';
import { MOST_SOUNDS_AT_ONCE } from '@aura/timeline';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import type { SampleSource } from './sample-source.js';

/** A sound with its place in the film. */
export interface MixedSound {
  source: SampleSource;
  /** Samples of the film. */
  start: number;
  samples: number;
  gain: number;
  /** Of 1, by the sample of the sound itself. */
  fade: (at: number) => number;
  /** Of 1, by the sample of the film; absent for what does not give way. */
  duck?: ((at: number) => number) | undefined;
  close: () => Promise<void>;
}

/** A sound that is opened when its time comes and closed when it is over: a film may have hundreds. */
export interface PlannedSound {
  start: number;
  open: () => Promise<MixedSound>;
}

export interface MixOrder {
  /** Raw speech: mono, 48 kHz, signed 16 bit. */
  speech: string;
  /** Raw stereo of the same. */
  output: string;
  samples: number;
  /** Of everything, speech included: leaves room for what comes on top of each other. */
  gain: number;
  sounds: readonly PlannedSound[];
  signal: AbortSignal | undefined;
  onSample: (sample: number) => void;
}

const BLOCK = SAMPLE_RATE_HZ / 2;
/** Gains are worked out so often, in samples, and go straight between. */
const STEP = 240;

/**
 * Lays sounds under the speech, half a second at a time: memory does not grow with the film, and the thread is free
 * after each block. Sounds are read in order, each from its own beginning.
 */
export async function mixSounds(order: MixOrder): Promise<{ loudnessLufs: number }> {
  const { samples, gain, sounds, signal, onSample } = order;
  const meter = loudnessMeter();
  const speech = await open(order.speech, 'r');
  const output = await open(order.output, 'w');
  const planned = sounds.toSorted((a, b) => a.start - b.start);
  let sounding: MixedSound[] = [];
  try {
    for (let at = 0; at < samples; at += BLOCK) {
      signal?.throwIfAborted();
      const block = blockOf(Math.min(BLOCK, samples - at));
      await addSpeech(block, speech, { at, gain });
      while (planned[0] && planned[0].start < at + block.left.length) {
        const { start } = planned[0];
        const together = sounding.filter((sound) => sound.start + sound.samples > start);
        if (together.length === MOST_SOUNDS_AT_ONCE) throw tooMany(start);
        sounding.push(await planned[0].open());
        planned.shift();
      }
      for (const sound of sounding) await addSound(block, sound, { at, gain });
      const over = sounding.filter(({ start, samples }) => start + samples <= at + BLOCK);
      sounding = sounding.filter((sound) => !over.includes(sound));
      await Promise.all(over.map((sound) => sound.close()));
      meter.add(block.left, block.right);
      await output.writeFile(toBytes(block));
      onSample(at + block.left.length);
    }
  } finally {
    await Promise.all([speech, output, ...sounding].map((one) => one.close()));
  }
  return { loudnessLufs: meter.loudnessLufs() };
}

function tooMany(at: number): Failure {
  const time = `${(at / SAMPLE_RATE_HZ).toFixed(1)} s`;
  const message = `More than ${MOST_SOUNDS_AT_ONCE} sounds at once at ${time}.`;
  return new Failure('InvalidInput:sounds', message);
}

interface Block {
  left: Float32Array;
  right: Float32Array;
}

function blockOf(samples: number): Block {
  return { left: new Float32Array(samples), right: new Float32Array(samples) };
}

interface At {
  at: number;
  gain: number;
}

async function addSpeech({ left, right }: Block, speech: FileHandle, { at, gain }: At) {
  const bytes = new Uint8Array(2 * left.length);
  const { bytesRead } = await speech.read(bytes, 0, bytes.length, 2 * at);
  const spoken = new Int16Array(bytes.buffer, 0, Math.floor(bytesRead / 2));
  for (let index = 0; index < spoken.length; index += 1) {
    const value = (gain * (spoken[index] ?? 0)) / 32_768;
    left[index] = value;
    right[index] = value;
  }
}

async function addSound({ left, right }: Block, sound: MixedSound, { at, gain }: At) {
  const from = Math.max(0, sound.start - at);
  const to = Math.min(left.length, sound.start + sound.samples - at);
  if (to <= from) return;
  const own = blockOf(to - from);
  await sound.source.read(own.left, own.right);
  const levelAt = (sample: number) =>
    gain * sound.gain * sound.fade(sample - sound.start) * (sound.duck?.(sample) ?? 1);
  for (let step = from; step < to; step += STEP) {
    const end = Math.min(to, step + STEP);
    const begin = levelAt(at + step);
    const slope = (levelAt(at + end) - begin) / (end - step);
    for (let index = step; index < end; index += 1) {
      const level = begin + slope * (index - step);
      left[index] = (left[index] ?? 0) + level * (own.left[index - from] ?? 0);
      right[index] = (right[index] ?? 0) + level * (own.right[index - from] ?? 0);
    }
  }
}

function toBytes({ left, right }: Block): Uint8Array {
  const samples = new Int16Array(2 * left.length);
  for (let index = 0; index < left.length; index += 1) {
    const [l, r] = [
      Math.round(32_767 * (left[index] ?? 0)),
      Math.round(32_767 * (right[index] ?? 0)),
    ];
    samples[2 * index] = Math.max(-32_768, Math.min(32_767, l));
    samples[2 * index + 1] = Math.max(-32_768, Math.min(32_767, r));
  }
  return new Uint8Array(samples.buffer);
}
