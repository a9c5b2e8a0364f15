import { FRAME_MS, isHeard, type Envelope } from '../sound/envelope.js';
import type { Interval } from '../voice-provider.js';

/** How far a start is moved to meet the sound. */
const REACH_MS = 160;
/** How much two words may overlap in what the voice tells. */
const OVERLAP_MS = 20;
/** A silence of this length before a sound makes its beginning an onset. */
const ONSET_GAP_MS = 30;

/**
 * Moves the start of a word to where it is really heard: a start that lies in a silence goes forward to
 * the next sound (the closure of a p, t or k belongs to the word but is not heard), a start right after the
 * end of a silence goes back to it. Ends that lie in a silence go back to the sound before.
 */
export function snapToSound(words: readonly Interval[], envelope: Envelope): Interval[] {
  const snapped: Interval[] = [];
  for (const [index, word] of words.entries()) {
    if (word.endMs <= word.startMs) {
      snapped.push(word);
      continue;
    }
    const onsetMs = onsetNear(envelope, word);
    // A sound that begins while the word before is spoken is a sound of that one: the s of "jumps".
    const isOwn = onsetMs >= Math.min(word.startMs, (words[index - 1]?.endMs ?? 0) - OVERLAP_MS);
    const earliestMs = snapped.at(-1)?.startMs ?? 0;
    const startMs = Math.max(earliestMs, isOwn ? onsetMs : word.startMs);
    snapped.push({ startMs, endMs: Math.max(startMs, lastHeard(envelope, startMs, word.endMs)) });
  }
  return snapped;
}

function onsetNear(envelope: Envelope, { startMs, endMs }: Interval): number {
  const frame = Math.round(startMs / FRAME_MS);
  const reach = REACH_MS / FRAME_MS;
  if (!isHeard(envelope, frame)) {
    const limit = Math.min(frame + reach, Math.floor(endMs / FRAME_MS));
    for (let next = frame; next < limit; next += 1) {
      if (isHeard(envelope, next)) return next * FRAME_MS;
    }
    return startMs;
  }
  let first = frame;
  while (first > 0 && first > frame - reach && isHeard(envelope, first - 1)) first -= 1;
  return isAfterSilence(envelope, first) ? first * FRAME_MS : startMs;
}

function isAfterSilence(envelope: Envelope, frame: number): boolean {
  for (let before = 1; before <= ONSET_GAP_MS / FRAME_MS; before += 1) {
    if (frame - before >= 0 && isHeard(envelope, frame - before)) return false;
  }
  return true;
}

function lastHeard(envelope: Envelope, startMs: number, endMs: number): number {
  let frame = Math.floor(endMs / FRAME_MS);
  while (frame * FRAME_MS > startMs && !isHeard(envelope, frame - 1)) frame -= 1;
  return Math.min(endMs, Math.max(startMs, frame * FRAME_MS));
}
