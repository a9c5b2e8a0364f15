/** One sentence as it was spoken, with the pause after it. */
export interface SpokenSentence {
  characters: number;
  durationMs: number;
}

/**
 * Least squares of durationMs = msPerCharacter × characters + msPerSentence over sentences. A sample whose
 * sentences are all of a length cannot tell the two apart (nor one that would give a sentence less time
 * than the pause after it, or more than a second beyond it): the time per sentence is then the pause,
 * and the characters share the rest.
 */
export function fitPace(
  sentences: readonly SpokenSentence[],
  pauseMs: number,
): { msPerCharacter: number; msPerSentence: number } {
  const count = sentences.length;
  const characters = sum(sentences.map((sentence) => sentence.characters));
  const duration = sum(sentences.map((sentence) => sentence.durationMs));
  const meanCharacters = characters / count;
  const meanDuration = duration / count;
  const spread = sum(sentences.map((s) => (s.characters - meanCharacters) ** 2));
  const shared = sum(
    sentences.map((s) => (s.characters - meanCharacters) * (s.durationMs - meanDuration)),
  );
  const isVaried = Math.sqrt(spread / count) > meanCharacters / 4;
  const msPerCharacter = shared / spread;
  const msPerSentence = meanDuration - msPerCharacter * meanCharacters;
  if (
    isVaried &&
    msPerCharacter > 0 &&
    msPerSentence >= pauseMs &&
    msPerSentence < pauseMs + 1_000
  ) {
    return { msPerCharacter, msPerSentence };
  }
  const rest = Math.max(duration * 0.5, duration - count * pauseMs);
  return { msPerCharacter: rest / characters, msPerSentence: (duration - rest) / count };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
