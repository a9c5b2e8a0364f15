import { charactersOf } from './plain-text.js';

/**
 * How many characters a second people read in captions, spaces counted. 17 is the stricter of the usual limits for
 * alphabets; a Chinese character says as much as a word, a Korean syllable as much as two letters (9 and 12, as
 * streaming services have them), and kana stand between.
 */
const PER_SECOND = { alphabet: 17, han: 9, hangul: 12, kana: 12 };

const HAN = /\p{Script=Hani}/u;
const HANGUL = /\p{Script=Hang}/u;
const KANA = /\p{Script=Hira}|\p{Script=Kana}/u;

/** The time that a text should be seen for at least, to be read without haste. */
export function readingMs(text: string): number {
  return charactersOf(text).reduce((sum, character) => sum + 1_000 / perSecond(character), 0);
}

function perSecond(character: string): number {
  if (HAN.test(character)) return PER_SECOND.han;
  if (HANGUL.test(character)) return PER_SECOND.hangul;
  return KANA.test(character) ? PER_SECOND.kana : PER_SECOND.alphabet;
}
