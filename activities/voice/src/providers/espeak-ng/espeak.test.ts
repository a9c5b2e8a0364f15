import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { PROGRAMS } from '../../testing/voices.js';
import { paceSample } from '../../pace-samples.js';
import { narrationText } from '../../text/narration-text.js';
import { ESPEAK_LANGUAGES, spokenLanguage, VOICE_FILES } from './espeak-languages.js';
import { espeakVoiceFor } from './espeak-voices.js';
import { espeakWords } from './espeak-words.js';
import { markedText } from './marked-text.js';
import { wordTimes } from './word-times.js';

test('Chinese is given as pinyin by context, years digit by digit', async () => {
  const words = ['银行', '行长', '2024', '年', '女儿，', 'iPhone', '的'];
  expect(await espeakWords(words, 'zh-CN')).toEqual([
    'yin2hang2',
    'hang2zhang3',
    '2 0 2 4',
    'nian2',
    'nv3er2,',
    'iPhone',
    'de5',
  ]);
});

test('Japanese is given as it is pronounced, particles too', async () => {
  expect(
    await espeakWords(['東京', 'は', '首都', 'です。', '学校', 'へ', '行っ', 'た。'], 'ja'),
  ).toEqual(['トーキョー', 'ワ', 'シュト', 'デス.', 'ガッコー', 'エ', 'イッ', 'タ.']);
});

test('Hebrew is given guessed vowels, and points that are there stay', async () => {
  expect(await espeakWords(['שלום', 'ספר,', 'דָּבָר', 'Tokyo'], 'he')).toEqual([
    'שַלוֹם',
    'סַפַר,',
    'דָּבָר',
    'Tokyo',
  ]);
  const text = 'כל בני אדם נולדו בני חורין ושווים בערכם ובזכויותיהם כולם חוננו בתבונה ובמצפון';
  const { spelled, share } = await spokenAs('he', text);
  expect([spelled, share < 0.12]).toEqual([false, true]);
  expect(espeakVoiceFor({ language: 'he', gender: 'f', name: '' })?.caveat).toMatch(/guessed/);
});

test('scripts that a voice does not read are written in Latin letters, its own are left', async () => {
  expect(await espeakWords(['Привет', 'Tokyo', '東京', '漢字'], 'ru')).toEqual([
    'Привет',
    'Tokyo',
    'DongJing',
    'HanZi',
  ]);
  expect(await espeakWords(['schön', 'Москва', 'Αθήνα,'], 'de')).toEqual([
    'schön',
    'Moskva',
    'Athina,',
  ]);
});

test('digit groups are one number', async () => {
  expect(await espeakWords(['1', '000', '000', 'Euro', '20', '300'], 'de')).toEqual([
    '1 000 000',
    '',
    '',
    'Euro',
    '20 300',
    '',
  ]);
});

test('nothing in a text can be a command to espeak-ng', () => {
  const { plain, marked } = markedText(['[[h@loU]]', 'a\u0001200Ab', '--help']);
  expect(plain.replaceAll('\u0001100A', '')).toBe('h@loU a 200Ab --help\n');
  expect(marked).toHaveLength(plain.length);
});

test('sounds that do not differ as they should give no times', () => {
  const sound = {
    samples: Int16Array.from({ length: 8_000 }, (_, i) => 9_000 * Math.sin(i)),
    sampleRate: 16_000,
  };
  const louder = { ...sound, samples: sound.samples.map((sample) => sample * 1.5) };
  expect(wordTimes(sound, louder, 2)).toBeUndefined();
  expect(wordTimes(sound, { ...sound, samples: sound.samples.slice(1) }, 2)).toBeUndefined();
});

const INSTALLED = execFileSync(PROGRAMS.espeakPath, ['--voices'], { encoding: 'utf8' });

test('every voice of the table is installed', () => {
  const files = INSTALLED.split('\n').map((line) => line.trim().split(/\s+/u)[4]);
  expect(Object.values(VOICE_FILES).filter((file) => !files.includes(file))).toEqual([]);
});

/**
 * What espeak-ng really says: a letter that it does not read is named ("Chinese letter"), which shows as a
 * switch to English in the middle of a word's phonemes or as the name of the virama; vowels that it loses
 * leave words of consonants only.
 */
test('languages with a sample are spoken, not spelled', async () => {
  const languages = ESPEAK_LANGUAGES.filter(
    (language) => paceSample(language) !== paceSample('xx'),
  );
  expect(languages.length).toBeGreaterThan(45);
  for (const language of languages) {
    const { spelled, share } = await spokenAs(language, paceSample(language));
    expect([language, spelled]).toEqual([language, false]);
    // Arabic has no written short vowels: a third of its words may be consonants only.
    expect([language, share < (spokenLanguage(language) === 'ar' ? 0.3 : 0.12)]).toEqual([
      language,
      true,
    ]);
  }
});

test('languages that are left out are spelled, or lose their vowels', async () => {
  const samples = {
    or: 'ସମସ୍ତ ମନୁଷ୍ୟ ଜନ୍ମକାଳରୁ ସ୍ୱାଧୀନ',
    my: 'လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့်',
    kok: 'सगळे मनीस जल्मतात स्वतंत्र',
  };
  for (const [language, text] of Object.entries(samples)) {
    const { spelled, share } = await spokenAs(language, text);
    expect([language, spelled || share > 0.3]).toEqual([language, true]);
    expect(espeakVoiceFor({ language, gender: 'f', name: '' })).toBeUndefined();
  }
  expect(espeakVoiceFor({ language: 'th', gender: 'f', name: '' })).toBeUndefined();
});

async function spokenAs(language: string, text: string) {
  const words = narrationText(text, language).pieces.flatMap((piece) => piece.words);
  const forms = await espeakWords(
    words.map((word) => word.text),
    language,
  );
  const file = VOICE_FILES[spokenLanguage(language) ?? ''] ?? language;
  const args = ['-v', file, '-b', '1', '-q', '-x', '--stdin'];
  const phonemes = execFileSync(PROGRAMS.espeakPath, args, {
    input: forms.join(' '),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const spoken = phonemes.split(/\s+/u).filter((word) => /[a-z]{2}/iu.test(word));
  const withoutVowel = spoken.filter((word) => !/[aeiouyV@AEIOUWY0-9&3#]/u.test(word));
  return {
    spelled: /l'et@|\(en\)|h'Vl@?-?nt|h'Vl'Vnt/u.test(phonemes),
    share: withoutVowel.length / Math.max(1, spoken.length),
  };
}
