import { expect, test } from '@jest/globals';
import { sentencesOf, spokenMs } from './sentences.js';

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
