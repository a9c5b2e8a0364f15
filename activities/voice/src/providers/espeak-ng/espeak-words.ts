import anyAscii from 'any-ascii';
import { speakableWords } from '../../text/speakable.js';
import { spokenLanguage } from './espeak-languages.js';
import { hebrewWords } from './hebrew-words.js';
import { kanaWords } from './kana-words.js';
import { pinyinWords } from './pinyin-words.js';

/**
 * What espeak-ng is given for each shown word; '' where nothing is said, or where it is said together with
 * the word before. Hebrew gets vowels. Chinese becomes pinyin and Japanese kana, whole sentence at a time because readings
 * depend on it. Words in a script that the voice does not read are written in Latin letters, which every
 * voice reads, instead of being spelled ("Chinese letter, Chinese letter").
 */
export async function espeakWords(words: readonly string[], language: string): Promise<string[]> {
  const key = spokenLanguage(language) ?? '';
  const forms = speakableWords(words);
  const read = await readingsOf(forms, key);
  return joinNumbers(read.map((form) => readable(form, key)));
}

async function readingsOf(forms: string[], key: string): Promise<string[]> {
  if (key === 'cmn') return pinyinWords(forms);
  if (key === 'ja') return kanaWords(forms);
  return key === 'he' ? hebrewWords(forms) : forms;
}

/** Scripts that a voice reads besides Latin, by language. */
const SCRIPTS: Readonly<Record<string, RegExp>> = Object.fromEntries(
  Object.entries({
    Cyrillic: ['ba', 'be', 'bg', 'cv', 'kk', 'ky', 'mk', 'nog', 'ru', 'sr', 'tt', 'uk'],
    Greek: ['el'],
    Hebrew: ['he'],
    Arabic: ['ar', 'fa', 'sd', 'ug', 'ur'],
    Devanagari: ['hi', 'mr', 'ne'],
    Bengali: ['as', 'bn', 'bpy'],
    Gurmukhi: ['pa'],
    Gujarati: ['gu'],
    Tamil: ['ta'],
    Telugu: ['te'],
    Kannada: ['kn'],
    Malayalam: ['ml'],
    Sinhala: ['si'],
    Georgian: ['ka'],
    Armenian: ['hy'],
    Ethiopic: ['am'],
    Hangul: ['ko'],
    Han: ['yue'],
    Katakana: ['ja'],
  }).flatMap(([script, languages]) =>
    languages.map((language) => [language, new RegExp(`\\p{Script_Extensions=${script}}`, 'u')]),
  ),
);

function readable(form: string, key: string): string {
  let latin = '';
  let foreign = '';
  for (const character of form) {
    const isForeign =
      /\p{L}/u.test(character) &&
      !/\p{Script=Latin}/u.test(character) &&
      !SCRIPTS[key]?.test(character) &&
      !(key === 'ja' && /\p{Script=Hiragana}/u.test(character));
    if (isForeign) foreign += character;
    else {
      latin += inLatin(foreign) + character;
      foreign = '';
    }
  }
  return (latin + inLatin(foreign)).trim();
}

function inLatin(foreign: string): string {
  return foreign === '' ? '' : anyAscii(foreign).replaceAll(/[^a-z' -]/giu, '');
}

/** "1 000 000" is one number: its groups are given together, in the place of the first. */
function joinNumbers(forms: readonly string[]): string[] {
  const joined = [...forms];
  for (let index = 1; index < joined.length; index += 1) {
    const first = joined.slice(0, index).findLastIndex((form) => form !== '');
    const before = joined[first];
    const form = joined[index];
    if (before === undefined || form === undefined) continue;
    if (/(?:^|\s)\d{1,3}(?: \d{3})*$/u.test(before) && /^\d{3}(?!\d)/u.test(form)) {
      joined[first] = `${before} ${form}`;
      joined[index] = '';
    }
  }
  return joined;
}
