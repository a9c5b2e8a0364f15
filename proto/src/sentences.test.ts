import { expect, test } from 'vitest';
import fc from 'fast-check';
import { endsLikeSentence, sentencesOf, spokenMs } from './sentences.js';

test('an abbreviation, an initial and a number do not end a sentence', () => {
  expect(
    sentencesOf(
      'Dr. Smith paid $3.5 to Jules G. Verne. He left at 5 p.m. on Monday. See No. 5, e.g. this one! Is the answer no. Yes.',
      'en-US',
    ),
  ).toEqual([
    'Dr. Smith paid $3.5 to Jules G. Verne.',
    'He left at 5 p.m. on Monday.',
    'See No. 5, e.g. this one!',
    'Is the answer no.',
    'Yes.',
  ]);
});

test('a line break ends a sentence, a lone mark belongs to the one before', () => {
  expect(sentencesOf('A heading\nThen text. … 🎉', 'en')).toEqual(['A heading', 'Then text. … 🎉']);
  expect(sentencesOf('你好，世界。今天天气很好！', 'zh-CN')).toEqual([
    '你好，世界。',
    '今天天气很好！',
  ]);
  expect(sentencesOf('世界。《红楼梦》很长！“真的？”他说。', 'zh')).toEqual([
    '世界。',
    '《红楼梦》很长！',
    '“真的？”',
    '他说。',
  ]);
  expect(sentencesOf('  \n ', 'en')).toEqual([]);
});

test('an address is not cut at its marks', () => {
  expect(sentencesOf('See https://example.com/a_b?x=1 now. Go!', 'en')).toEqual([
    'See https://example.com/a_b?x=1 now.',
    'Go!',
  ]);
});

test('a language tag that nobody knows does not break the count', () => {
  expect(sentencesOf('One. Two.', 'no such tag')).toHaveLength(2);
});

test('the formula of the pace counts code points and sentences', () => {
  const pace = { msPerCharacter: 50, msPerSentence: 300, provider: 'x', unitKey: 'k' };
  expect(spokenMs(pace, 'One  two.\nThree 🎉.', 'en')).toBe(50 * 17 + 600);
});

test.each([
  ['en', 'Dr. Smith paid 3.5 million dollars. It was 5 p.m. in the U.S. and cold.', 2],
  ['en', 'J. R. Tolkien wrote it. “Really?” she asked. Yes!', 4],
  ['de', 'Das gilt z. B. für Bienen, d.h. für alle. Ende.', 2],
  ['zh', '蜜蜂采集花蜜。它们飞得很远！真的吗？', 3],
  ['ja', '蜂は蜜を集めます。本当ですか？', 2],
  ['hi', 'मधुमक्खी शहद बनाती है। वह फूलों पर जाती है।', 2],
  ['ar', 'هل النحل مفيد؟ نعم. إنه مفيد جدا.', 3],
  ['el', 'Τι είναι το μέλι; Είναι γλυκό.', 2],
  ['ru', 'В 1905 г. он родился. Это было давно.', 2],
])('splits %s as it is read: %s', (language, text, count) => {
  expect(sentencesOf(text, language)).toHaveLength(count);
});

test('loses nothing but white space, whatever the text, and no sentence has nothing to say beside one that has', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 4_000, unit: 'grapheme' }), (text) => {
      const sentences = sentencesOf(text, 'en');
      const marks = (value: string): string => value.replace(/\s/gu, '');
      expect(marks(sentences.join(''))).toBe(marks(text));
      const isOneLine = !/[\r\n\u2028\u2029]/u.test(text);
      const mute = sentences.filter((sentence) => !/[\p{L}\p{N}]/u.test(sentence));
      if (isOneLine && mute.length > 0) expect(sentences).toHaveLength(1);
    }),
  );
});

test.each([
  ['sentences without spaces', '蜜蜂采集花蜜。'.repeat(14_000), 'zh', 14_000],
  ['marks alone', '! '.repeat(50_000), 'en', 1],
  ['abbreviations alone', 'Dr. '.repeat(25_000), 'en', 50],
  ['no end at all', '😀'.repeat(50_000), 'en', 1],
  ['words without end', 'word '.repeat(20_000), 'en', 34],
])('splits a hundred thousand characters in a moment: %s', (_, text, language, most) => {
  const before = process.cpuUsage();
  const sentences = sentencesOf(text, language);
  expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  expect(sentences.length).toBeGreaterThan(0);
  expect(sentences.length).toBeLessThanOrEqual(most);
  expect(Math.max(...sentences.map(({ length }) => length))).toBeLessThan(
    text.startsWith('!') || text.startsWith('😀') ? 100_001 : 4_000,
  );
});

test('a word of any length stays one', () => {
  const endless = 'a'.repeat(10_000);
  expect(sentencesOf(`The ${endless} end.`, 'en')).toHaveLength(1);
  expect(sentencesOf('蜜'.repeat(10_000), 'zh')).toHaveLength(1);
});

test.each(['It is.', '“Is it?”', '蜜蜂采集花蜜。', 'है।', 'So…', '(Yes.)'])(
  '%s ends like a sentence',
  (text) => {
    expect(endsLikeSentence(text)).toBe(true);
    expect(endsLikeSentence(`${text} and`)).toBe(false);
  },
);
