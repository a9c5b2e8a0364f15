import type { FileHandle } from 'node:fs/promises';
import type { SoundStream } from '@aura/music';
import { STEREO_BYTES, type RawSound } from './decode-sound.js';

/** Stereo samples in order, full scale is 1; silence after the end. */
export interface SampleSource {
  read(left: Float32Array, right: Float32Array): Promise<void>;
}

export function sourceOfStream(stream: SoundStream): SampleSource {
  return {
    read: (left, right) => {
      stream.read(left, right);
      return Promise.resolve();
    },
  };
}

/** Where a piece begins anew: from `to` back to `from`, the one fading out while the other comes. */
export interface Loop {
  from: number;
  to: number;
  fadeSamples: number;
}

/** The samples of a file; with a loop without an end. */
export function sourceOfFile(handle: FileHandle, { samples }: RawSound, loop?: Loop): SampleSource {
  let at = 0;
  return {
    async read(left, right) {
      left.fill(0);
      right.fill(0);
      for (let done = 0; done < left.length;) {
        const { from, count, tail } = stretchAt(at, left.length - done, { samples, loop });
        if (count === 0) return;
        await addFrom(handle, from, { left, right, done, count });
        if (tail && loop) await fadeOver(handle, tail, { left, right, done, count, loop });
        done += count;
        at += count;
      }
    },
  };
}

interface Stretch {
  from: number;
  count: number;
  /** The stretch begins so far behind the loop's end, within its crossfade. */
  tail?: { behind: number };
}

/** Which samples of the file come at a place of the output, and how many of them in one piece. */
export function stretchAt(
  at: number,
  wanted: number,
  { samples, loop }: { samples: number; loop?: Loop | undefined },
): Stretch {
  if (!loop) return { from: at, count: Math.max(0, Math.min(wanted, samples - at)) };
  if (at < loop.to) return { from: at, count: Math.min(wanted, loop.to - at) };
  const behind = (at - loop.to) % (loop.to - loop.from);
  const from = loop.from + behind;
  if (behind >= loop.fadeSamples) return { from, count: Math.min(wanted, loop.to - from) };
  return { from, count: Math.min(wanted, loop.fadeSamples - behind), tail: { behind } };
}

interface Into {
  left: Float32Array;
  right: Float32Array;
  done: number;
  count: number;
}

async function addFrom(handle: FileHandle, from: number, into: Into): Promise<void> {
  const chunk = await samplesAt(handle, from, into.count);
  for (let index = 0; index < chunk.length / 2; index += 1) {
    into.left[into.done + index] = (chunk[2 * index] ?? 0) / 32_768;
    into.right[into.done + index] = (chunk[2 * index + 1] ?? 0) / 32_768;
  }
}

/** Equal power: the two sides of a joint are strangers to each other. */
async function fadeOver(
  handle: FileHandle,
  { behind }: { behind: number },
  { left, right, done, count, loop }: Into & { loop: Loop },
): Promise<void> {
  const chunk = await samplesAt(handle, loop.to + behind, count);
  for (let index = 0; index < count; index += 1) {
    const angle = ((behind + index) / loop.fadeSamples) * (Math.PI / 2);
    const [going, coming] = [Math.cos(angle), Math.sin(angle)];
    const at = done + index;
    left[at] = coming * (left[at] ?? 0) + (going * (chunk[2 * index] ?? 0)) / 32_768;
    right[at] = coming * (right[at] ?? 0) + (going * (chunk[2 * index + 1] ?? 0)) / 32_768;
  }
}

async function samplesAt(handle: FileHandle, from: number, count: number): Promise<Int16Array> {
  const bytes = new Uint8Array(count * STEREO_BYTES);
  const { bytesRead } = await handle.read(bytes, 0, bytes.length, from * STEREO_BYTES);
  return new Int16Array(bytes.buffer, 0, Math.floor(bytesRead / STEREO_BYTES) * 2);
}
