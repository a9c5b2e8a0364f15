import type { Sound } from './wav.js';

/** How loud a sound is over time: one RMS value (dBFS, at least −120) per frame of 5 ms. */
export interface Envelope {
  levels: Float32Array;
  /** 90th percentile of what is not silence: how loud the voice speaks, dBFS. −120 where nothing is heard. */
  speechDb: number;
  /** Frames above it are heard, dBFS: 38 dB below the voice, but not below −60. */
  thresholdDb: number;
}

export const FRAME_MS = 5;
const FLOOR_DB = -120;
const SILENCE_DB = -60;
/** Soft consonants lie 25 to 35 dB below the vowels; the pauses of flite's voices 45 dB and more. */
const HEARD_BELOW_SPEECH_DB = 38;

export function envelopeOf({ samples, sampleRate }: Sound): Envelope {
  const frameLength = (sampleRate * FRAME_MS) / 1_000;
  const levels = new Float32Array(Math.ceil(samples.length / frameLength));
  for (let frame = 0; frame < levels.length; frame += 1) {
    const from = Math.round(frame * frameLength);
    const to = Math.min(samples.length, Math.round((frame + 1) * frameLength));
    let sum = 0;
    for (let index = from; index < to; index += 1) sum += (samples[index] ?? 0) ** 2;
    const power = to > from ? sum / (to - from) / 32_768 ** 2 : 0;
    levels[frame] = power > 0 ? Math.max(FLOOR_DB, 10 * Math.log10(power)) : FLOOR_DB;
  }
  const heard = levels.filter((level) => level > SILENCE_DB).toSorted();
  const speechDb = heard[Math.floor(heard.length * 0.9)] ?? FLOOR_DB;
  return { levels, speechDb, thresholdDb: Math.max(SILENCE_DB, speechDb - HEARD_BELOW_SPEECH_DB) };
}

export function isHeard({ levels, thresholdDb }: Envelope, frame: number): boolean {
  return (levels[frame] ?? FLOOR_DB) > thresholdDb;
}

/**
 * First heard frame and the one after the last; undefined where nothing is heard. A click in a noisy pause
 * is not speech: three frames in a row begin and end it.
 */
export function heardSpan(envelope: Envelope): { from: number; to: number } | undefined {
  const frames = envelope.levels.length;
  let from = 0;
  while (from < frames && !isRun(envelope, from)) from += 1;
  if (from === frames) return undefined;
  let to = frames;
  while (!isRun(envelope, to - RUN_FRAMES)) to -= 1;
  return { from, to };
}

const RUN_FRAMES = 3;

function isRun(envelope: Envelope, from: number): boolean {
  for (let frame = from; frame < from + RUN_FRAMES; frame += 1) {
    if (!isHeard(envelope, frame)) return false;
  }
  return true;
}

/** The longest run of frames within the heard span in which nothing is heard, in ms. */
export function longestGapMs(envelope: Envelope): number {
  const span = heardSpan(envelope);
  if (!span) return 0;
  let longest = 0;
  let run = 0;
  for (let frame = span.from; frame < span.to; frame += 1) {
    run = isHeard(envelope, frame) ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest * FRAME_MS;
}
