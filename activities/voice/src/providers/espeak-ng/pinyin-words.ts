import { pinyin } from 'pinyin-pro';

/**
 * Chinese words as numbered pinyin ("ni3hao3"), everything else as it was. Readings come from the whole
 * piece (银行 and 行走 read 行 differently); a year before 年 is read digit by digit.
 */
export function pinyinWords(forms: readonly string[]): string[] {
  const text = forms.join('');
  const readings = pinyin(text, { type: 'all', toneType: 'num' });
  let at = 0;
  const words = forms.map((form) => {
    let word = '';
    for (const character of form) {
      const reading = readings[at];
      at += 1;
      word += reading?.origin === character && reading.isZh ? syllable(reading.pinyin) : character;
    }
    return withLatinMarks(word);
  });
  return words.map((word, index) =>
    /^\d{4}$/u.test(word) && words[index + 1]?.startsWith('nian2')
      ? Array.from(word).join(' ')
      : word.replaceAll(/\b(?<year>\d{4})(?=nian2)/gu, (year) => `${Array.from(year).join(' ')} `),
  );
}

/** espeak-ng knows the neutral tone as 5 and ü as v. */
function syllable(reading: string): string {
  return reading.replace(/0$/u, '5').replaceAll('ü', 'v');
}

const MARKS: Readonly<Record<string, string>> = {
  '、': ', ',
  '。': '. ',
  '…': ', ',
  '—': ', ',
  '·': ' ',
};

function withLatinMarks(word: string): string {
  let latin = '';
  for (const character of word) latin += MARKS[character] ?? character;
  return latin.trim();
}
