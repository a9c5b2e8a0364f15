import { open, type FileHandle } from 'node:fs/promises';
import { Failure } from '@aura/failure';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import { STEREO_BYTES } from './decode-sound.js';
import type { Stretch } from './hear-speech.js';

export interface JointCheck {
  /** Raw stereo, 48 kHz, signed 16 bit. */
  file: string;
  /** Samples at which something begins, ends or begins anew. */
  joints: readonly number[];
  /** Where something must be heard all the time. */
  covered: readonly Stretch[];
}

const WINDOW = SAMPLE_RATE_HZ / 50;
/** A step so many times higher than the highest beside it is a click, unless it is lower than this anyway. */
const CLICK_TIMES = 5;
const CLICK_LEAST = 600;
const MAX_GAP = SAMPLE_RATE_HZ / 5;

/**
 * Looks at the mix where it was put together. Errors: FilmInvalid:click for a step at a joint that nothing around it
 * explains, FilmInvalid:gap for more than 200 ms of nothing where something must be heard.
 */
export async function checkJoints({ file, joints, covered }: JointCheck): Promise<void> {
  const handle = await open(file, 'r');
  try {
    for (const joint of new Set(joints)) {
      const from = Math.max(0, joint - WINDOW);
      const around = await read(handle, from, 2 * WINDOW);
      if (hasClick(around, joint - from)) throw broken('click', 'clicks', joint);
    }
    for (const stretch of covered) {
      const gap = await gapIn(handle, stretch);
      if (gap !== undefined) throw broken('gap', 'has a gap', gap);
    }
  } finally {
    await handle.close();
  }
}

/** Whether the step at a joint, which need not lie in the middle, stands out. Pure; samples of both sides alternate. */
export function hasClick(samples: Int16Array, joint: number): boolean {
  let [atJoint, beside] = [0, 0];
  for (let index = 1; index < samples.length / 2; index += 1) {
    for (const side of [0, 1]) {
      const step = (samples[2 * index + side] ?? 0) - (samples[2 * index - 2 + side] ?? 0);
      if (Math.abs(index - joint) <= 1) atJoint = Math.max(atJoint, Math.abs(step));
      else beside = Math.max(beside, Math.abs(step));
    }
  }
  return atJoint > CLICK_LEAST && atJoint > CLICK_TIMES * beside;
}

async function gapIn(handle: FileHandle, { from, to }: Stretch): Promise<number | undefined> {
  let silent = 0;
  for (let at = from; at < to; at += SAMPLE_RATE_HZ) {
    const samples = await read(handle, at, Math.min(SAMPLE_RATE_HZ, to - at));
    for (let index = 0; index < samples.length; index += 2) {
      const isNothing = samples[index] === 0 && samples[index + 1] === 0;
      silent = isNothing ? silent + 1 : 0;
      if (silent > MAX_GAP) return at + index / 2 - silent;
    }
  }
  return undefined;
}

async function read(handle: FileHandle, from: number, count: number): Promise<Int16Array> {
  const bytes = new Uint8Array(count * STEREO_BYTES);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from * STEREO_BYTES);
  return new Int16Array(bytes.buffer, 0, Math.floor(bytesRead / STEREO_BYTES) * 2);
}

function broken(check: 'click' | 'gap', what: string, sample: number): Failure {
  return new Failure(`FilmInvalid:${check}`, 'The film failed a check and was not published.', {
    details: `the mix ${what} at ${(sample / SAMPLE_RATE_HZ).toFixed(3)} s`,
  });
}
