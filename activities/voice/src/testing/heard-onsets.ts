import type { SpokenScene } from './voice-stage.js';

const FRAME_MS = 5;

/**
 * How far the farthest word is from where it is heard, in ms, for texts in which every word stands between
 * pauses: what is heard is measured by level alone, and must begin as often as there are words.
 */
export function worstOnsetMs(spoken: SpokenScene, pauseMs = 40): number {
  const onsets = heardOnsets(spoken, pauseMs);
  const starts = spoken.timings.words.map(({ startMs }) => startMs);
  if (onsets.length !== starts.length) {
    throw new Error(`${starts.length} words, heard ${onsets.length}: ${onsets.join(' ')}`);
  }
  return Math.max(...starts.map((startMs, index) => Math.abs(startMs - (onsets[index] ?? 0))));
}

/** How far the farthest beginning of a sound after a pause is from the beginning of any word, in ms. */
export function worstPauseMs(spoken: SpokenScene, pauseMs = 60): number {
  const onsets = heardOnsets(spoken, pauseMs);
  if (onsets.length < 4) throw new Error(`heard ${onsets.length} times only`);
  const starts = spoken.timings.words.map(({ startMs }) => startMs);
  return Math.max(
    ...onsets.map((onset) => Math.min(...starts.map((startMs) => Math.abs(startMs - onset)))),
  );
}

/** Where a sound begins (30 dB below the voice) after a pause of at least so many ms. */
function heardOnsets({ sound }: SpokenScene, pauseMs: number): number[] {
  const length = (sound.sampleRate * FRAME_MS) / 1_000;
  const levels = Array.from({ length: Math.floor(sound.samples.length / length) }, (_, frame) => {
    const part = sound.samples.subarray(frame * length, (frame + 1) * length);
    const power = part.reduce((sum, sample) => sum + sample * sample, 0) / length;
    return 10 * Math.log10(power / 32_768 ** 2 + 1e-9);
  });
  const sorted = levels.filter((level) => level > -60).toSorted((a, b) => a - b);
  const threshold = (sorted[Math.floor(sorted.length * 0.9)] ?? 0) - 30;
  const onsets: number[] = [];
  let quietMs = pauseMs;
  for (const [frame, level] of levels.entries()) {
    if (level >= threshold && quietMs >= pauseMs) onsets.push(frame * FRAME_MS);
    quietMs = level < threshold ? quietMs + FRAME_MS : 0;
  }
  return onsets;
}
