import type { Look, Scene } from '@aura/proto';
import { cleanText, shorten } from '@aura/drawing';

/** Vendors take no more than 100 characters. */
const MAX_QUERY = 90;
const WORDS_OF_A_QUERY = [3, 2, 1] as const;

/**
 * What is searched for, the narrowest first: more words find a fitting photo, fewer find one at all. The scene's
 * keywords, else the words of its heading, else the film's title; letters and digits only, so that nothing of the
 * script is taken for syntax. Pure.
 */
export function searchWords(
  { keywords, heading }: Pick<Scene, 'keywords' | 'heading'>,
  { title }: Pick<Look, 'title'>,
): string[] {
  const words = firstOf([
    keywords,
    heading.split(/\s+/).filter(isLong),
    title.split(/\s+/).filter(isLong),
  ]);
  const queries = WORDS_OF_A_QUERY.map((count) => words.slice(0, count).join(' '));
  return [...new Set(queries)].filter((query) => query !== '');
}

function firstOf(sources: readonly (readonly string[])[]): string[] {
  for (const source of sources) {
    const words = source.slice(0, 20).map(plain).filter(isTelling);
    if (words.length > 0) return [...new Set(words)];
  }
  return [];
}

function plain(text: string): string {
  const letters = cleanText(text.slice(0, 200)).replace(/[^\p{L}\p{M}\p{N}' -]/gu, ' ');
  const short = shorten(letters.replace(/\s+/g, ' ').trim(), MAX_QUERY / 3);
  return short.replace('…', '').toLowerCase();
}

/** Of a sentence the short words are those that hold it together; where words are not parted by spaces there are none. */
function isLong(word: string): boolean {
  return word.length > 3 || !/\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}/u.test(word);
}

/** One and two letters of an alphabet say nothing; a single Chinese character is a word. */
function isTelling(word: string): boolean {
  return (
    word.length > 2 ||
    /[^\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{P}\p{N}\s]/u.test(word)
  );
}
