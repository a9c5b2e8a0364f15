import type { FileHandle } from 'node:fs/promises';
import { loudnessMeter } from '@aura/music';
import { SAMPLE_RATE_HZ } from '../film-constants.js';
import { beatsIn } from './beats.js';
import type { RawSound } from './decode-sound.js';
import { sourceOfFile, type Loop } from './sample-source.js';

/** What a piece of sound is like as a whole. */
export interface Heard {
  loudnessLufs: number;
  /** Where it can begin anew; undefined for what is too short to. */
  loop: Loop | undefined;
}

/** Onsets are looked for so often a second. */
export const HOPS_PER_SECOND = 100;
const HOP = SAMPLE_RATE_HZ / HOPS_PER_SECOND;
/** Long enough that no joint clicks, too short to blur a beat. */
const BEAT_FADE_SAMPLES = 0.06 * SAMPLE_RATE_HZ;
/** What has no beat goes over into itself slowly. */
const SLOW_FADE_SAMPLES = 2 * SAMPLE_RATE_HZ;
const BEATS_PER_BAR = 4;

/** Listens to a piece once: how loud it is, where it begins and ends to be heard, where its beats are. */
export async function listenTo(handle: FileHandle, sound: RawSound): Promise<Heard> {
  const source = sourceOfFile(handle, sound);
  const meter = loudnessMeter();
  const levels: number[] = [];
  for (let at = 0; at < sound.samples; at += SAMPLE_RATE_HZ) {
    const count = Math.min(SAMPLE_RATE_HZ, sound.samples - at);
    const [left, right] = [new Float32Array(count), new Float32Array(count)];
    await source.read(left, right);
    meter.add(left, right);
    for (let from = 0; from + HOP <= count; from += HOP) levels.push(levelOf(left, right, from));
  }
  return { loudnessLufs: meter.loudnessLufs(), loop: loopOf(levels, sound.samples) };
}

function levelOf(left: Float32Array, right: Float32Array, from: number): number {
  let [sum, last] = [0, 0];
  for (let index = from; index < from + HOP; index += 1) {
    const value = (left[index] ?? 0) + (right[index] ?? 0);
    // The step from sample to sample lifts the treble: strokes stand out from what is held.
    sum += 0.1 * value * value + (value - last) ** 2;
    last = value;
  }
  return Math.sqrt(sum / HOP);
}

const QUIET = 1e-3;

/** Pure: `levels` are one each hundredth of a second. */
export function loopOf(levels: readonly number[], samples: number): Loop | undefined {
  const first = levels.findIndex((level) => level > QUIET);
  const last = levels.findLastIndex((level) => level > QUIET);
  if (first < 0) return undefined;
  const beats = beatsIn(levels);
  const end = Math.min(samples, (last + 1) * HOP);
  if (beats) {
    const { first: beat, period } = beats;
    const from = beat + Math.max(0, Math.ceil((first - beat) / period)) * period;
    const room = end / HOP - BEAT_FADE_SAMPLES / HOP - from;
    const bars = Math.floor(room / (period * BEATS_PER_BAR));
    if (bars >= 1) {
      return {
        from: Math.round(from * HOP),
        to: Math.round((from + bars * BEATS_PER_BAR * period) * HOP),
        fadeSamples: BEAT_FADE_SAMPLES,
      };
    }
  }
  const fadeSamples = Math.min(SLOW_FADE_SAMPLES, Math.floor((end - first * HOP) / 4));
  if (fadeSamples < HOP) return undefined;
  return { from: first * HOP, to: end - fadeSamples, fadeSamples };
}
