import type { Envelope } from '../sound/envelope.js';
import type { Sound } from '../sound/wav.js';
import type { Interval } from '../voice-provider.js';
import { alignWords, type Reference } from './align-words.js';
import { spreadWords, stretchesOf, type SpokenWords } from './spread-words.js';

/**
 * Times for words where the voice does not tell. With a reference, stretches of words between pauses are found by
 * how long the reference takes for them, and each word within its stretch by what it sounds like; without one
 * the words share the measured speech by weight.
 */
export function timeWords(
  spoken: SpokenWords,
  sound: Sound,
  { envelope, reference }: { envelope: Envelope; reference?: Reference | undefined },
): Interval[] {
  if (!reference) return spreadWords(spoken, envelope);
  const weights = reference.words.map(({ startMs, endMs }) => endMs - startMs);
  const paced = { ...spoken, weights };
  const spread = spreadWords(paced, envelope);
  return stretchesOf(paced, envelope).flatMap((stretch) => {
    const { from, to, heard } = stretch;
    const startMs = heard[0]?.startMs ?? 0;
    const endMs = heard.at(-1)?.endMs ?? startMs;
    return alignWords(reference, stretch, { sound, startMs, endMs }) ?? spread.slice(from, to);
  });
}
