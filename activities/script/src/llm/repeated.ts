import { sentencesOf } from '../text/sentences.js';

export interface Repeated {
  /** Index of the part that says it again, and of the one that said it first. */
  at: number;
  before: number;
  sentence: string;
}

/** Sentences that are said twice over several parts, whatever their punctuation and case. Pure. */
export function repeatedSentences(parts: readonly string[], language: string): Repeated[] {
  const seen = new Map<string, number>();
  return parts.flatMap((part, at) =>
    sentencesOf(part, language).flatMap((sentence) => {
      const key = sentenceKey(sentence);
      if (key === '') return [];
      const before = seen.get(key);
      if (before === undefined) {
        seen.set(key, at);
        return [];
      }
      return [{ at, before, sentence }];
    }),
  );
}

/** The parts without what was said before. */
export function withoutRepeats(parts: readonly string[], language: string): string[] {
  const seen = new Set<string>();
  return parts.map((part) => {
    const sentences = sentencesOf(part, language);
    const fresh = sentences.filter((sentence) => {
      const key = sentenceKey(sentence);
      if (key === '' || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    return fresh.length === sentences.length ? part : fresh.join(glue(language));
  });
}

/** What stands between two sentences: nothing where words have no spaces between them. */
export function glue(language: string): string {
  return /^(?:zh|yue|ja)\b/i.test(language) ? '' : ' ';
}

function sentenceKey(sentence: string): string {
  return sentence
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
