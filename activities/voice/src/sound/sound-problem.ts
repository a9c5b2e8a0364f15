import { MS_PER_LETTER } from '../text/speech-weight.js';
import { FRAME_MS, heardSpan, longestGapMs, type Envelope } from './envelope.js';
import type { Sound } from './wav.js';

/**
 * What is wrong with a spoken piece, in words for operators; undefined where it can be used. `weight` is
 * what was to be said (speechWeight), `isWhole` that its end is known to be there. Bounds are wide: they tell a
 * broken sound from a slow voice.
 */
export function soundProblem(
  sound: Sound,
  envelope: Envelope,
  weight: number,
  isWhole = false,
): string | undefined {
  const span = heardSpan(envelope);
  if (!span) return 'silent: nothing above −60 dBFS';
  if (envelope.speechDb < QUIETEST_SPEECH_DB) {
    return `silent: speech at ${envelope.speechDb.toFixed(0)} dBFS`;
  }
  const clipped = clippedSamples(sound);
  if (clipped > sound.samples.length * CLIPPED_SHARE) return `clipped: ${clipped} samples`;
  const gapMs = longestGapMs(envelope);
  if (gapMs > LONGEST_GAP_MS) return `silent for ${gapMs} ms within the sentence`;
  const heardMs = (span.to - span.from) * FRAME_MS;
  const expectedMs = weight * MS_PER_LETTER;
  if (heardMs < expectedMs * 0.35 - SLACK_MS) {
    return `too short: ${heardMs} ms, some ${Math.round(expectedMs)} ms expected`;
  }
  if (heardMs > expectedMs * 4 + 3 * SLACK_MS) {
    return `too long: ${heardMs} ms, some ${Math.round(expectedMs)} ms expected`;
  }
  if (!isWhole && endsAbruptly(envelope)) return 'cut off: it ends in the middle of a sound';
  return undefined;
}

const QUIETEST_SPEECH_DB = -45;
/** Two full-scale samples in a row are a peak; one in two thousand is distortion that can be heard. */
const CLIPPED_SHARE = 0.0005;
const LONGEST_GAP_MS = 2_500;
const SLACK_MS = 300;

/** Samples at full scale that have a neighbour there. */
function clippedSamples({ samples }: Sound): number {
  let clipped = 0;
  let before = false;
  for (const sample of samples) {
    const full = sample >= 32_766 || sample <= -32_767;
    if (full && before) clipped += 1;
    before = full;
  }
  return clipped;
}

/** Synthesisers end with a pause; a sound that is as loud as a vowel in its last 20 ms was cut. */
function endsAbruptly({ levels, speechDb }: Envelope): boolean {
  return levels.slice(-20 / FRAME_MS).some((level) => level > speechDb - 12);
}
