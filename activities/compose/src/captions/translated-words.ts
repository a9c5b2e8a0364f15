import { sentencesOf, type SpokenWord } from '@aura/proto';

/** Where a narration is heard, in ms. */
export interface SpokenSpan {
  startMs: number;
  endMs: number;
}

/**
 * A translation laid over the narration that it is of: nobody says it, so each word has the share of the time that it
 * takes to read. Words of languages without spaces stand as one; captions cut them. Pure.
 */
export function translatedWords(
  text: string,
  language: string,
  { startMs, endMs }: SpokenSpan,
): SpokenWord[] {
  const words = sentencesOf(text, language).flatMap((one, sentence) =>
    one
      .split(/\s+/u)
      .filter((word) => word !== '')
      .map((word) => ({ text: word, sentence })),
  );
  const weights = words.map((word) => Array.from(word.text).length + 1);
  const msPerWeight = (endMs - startMs) / weights.reduce((sum, one) => sum + one, 0);
  let atMs = startMs;
  return words.map((word, index) => {
    const from = atMs;
    atMs += (weights[index] ?? 0) * msPerWeight;
    return { ...word, startMs: from, endMs: atMs };
  });
}
