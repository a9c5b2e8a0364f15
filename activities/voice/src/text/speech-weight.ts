/**
 * How long a text takes to say, in Latin letters of running text: what durations are checked against, and
 * how time is shared out where a voice does not tell. Coarse by design (a factor of two either way is
 * normal): a digit is a spoken word, a Chinese character a syllable, marks cost nothing.
 */
export function speechWeight(text: string): number {
  let weight = 0;
  for (const character of text) weight += weightOf(character);
  return weight + 2 * acronymLetters(text);
}

/** Ms that a letter takes at the pace of the local voices: 14 to 17 letters a second. */
export const MS_PER_LETTER = 65;

function weightOf(character: string): number {
  if (/\p{Nd}/u.test(character)) return 5;
  if (/\p{Script=Han}/u.test(character)) return 4;
  if (/\p{Script=Hangul}/u.test(character)) return 2.5;
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)) return 2;
  if (BRAHMIC.test(character)) return /\p{L}/u.test(character) ? 2 : 0;
  if (/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Ethiopic}]/u.test(character)) return 1.5;
  if (/\p{L}/u.test(character)) return 1;
  if (/\p{Sc}|[%&@+=°§]/u.test(character)) return 6;
  return 0;
}

/** Letters that carry a vowel of their own. */
const BRAHMIC =
  /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]/u;

/** "BBC" is spelled: three words for three letters. */
function acronymLetters(text: string): number {
  return (text.match(/(?<!\p{L})\p{Lu}{2,5}(?!\p{L})/gu) ?? []).join('').length;
}
