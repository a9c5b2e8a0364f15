import anyAscii from 'any-ascii';
import { speakableWords } from '../../text/speakable.js';

/**
 * What flite is given for each shown word: ASCII only, with the signs that it would skip or spell written
 * out in English. '' where nothing is said. Inner full stops go, because flite ends an utterance at them.
 */
export function fliteWords(words: readonly string[]): string[] {
  const forms = speakableWords(words).map(english);
  const last = forms.findLastIndex((form) => form !== '');
  return forms.map((form, index) => (index === last ? form : withoutStop(form)));
}

/** Read from left to right; the first column is matched with the word in ASCII. */
const SPELLED: readonly (readonly [RegExp, string])[] = [
  [/^e\.g\.,?$/iu, 'for example,'],
  [/^i\.e\.,?$/iu, 'that is,'],
  [/^vs\.$/iu, 'versus'],
  [/^mt\.$/iu, 'mount'],
  [/^prof\.$/iu, 'professor'],
  [/^approx\.$/iu, 'approximately'],
  [/^no\.$/iu, 'number'],
  [/&/gu, ' and '],
  [/\+/gu, ' plus '],
  [/=/gu, ' equals '],
  [/@/gu, ' at '],
  [/(?<=\d)\s*-\s*(?=\d)/gu, ' to '],
  [/(?<=\d)x\b/giu, ' times'],
  [/(?<=[a-z])\.(?=[a-z]{2,})/giu, ' dot '],
  [/(?<!\d)\/|\/(?!\d)/gu, ' '],
];

function english(word: string): string {
  let form = anyAscii(named(word));
  for (const [sign, words] of SPELLED) form = form.replaceAll(withGlobal(sign), words);
  form = form
    .replaceAll(/\b(?:[a-z]\.){2,}/giu, (letters) => letters.replaceAll('.', ' '))
    .replaceAll(/[^a-z0-9 .,;:!?'"$%/()-]/giu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return /[a-z0-9%$]/iu.test(form) ? form : '';
}

/** Signs that ASCII has no letter for. */
function named(word: string): string {
  return word
    .replaceAll(/[€](?<sum>[\d.,]*\d)/gu, '$1 euros')
    .replaceAll(/[£](?<sum>[\d.,]*\d)/gu, '$1 pounds')
    .replaceAll('€', ' euros ')
    .replaceAll('£', ' pounds ')
    .replaceAll(/°\s?C\b/gu, ' degrees Celsius')
    .replaceAll(/°\s?F\b/gu, ' degrees Fahrenheit')
    .replaceAll('°', ' degrees ')
    .replaceAll('§', ' section ')
    .replaceAll(/[–—]/gu, '-')
    .replaceAll('…', ',');
}

function withGlobal(sign: RegExp): RegExp {
  return sign.global ? sign : new RegExp(sign.source, `${sign.flags}g`);
}

function withoutStop(form: string): string {
  return form.replace(/\.(?<after>["')]*)$/u, '$1').replace(/[!?](?<after>["')]*)$/u, ',$1');
}
