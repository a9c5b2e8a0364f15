import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sentencesOf } from './sentences.js';

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

test('loses no letter and makes no empty sentence, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 4_000, unit: 'grapheme' }), (text) => {
      const sentences = sentencesOf(text, 'en');
      const letters = (value: string): string => value.replace(/[^\p{L}\p{N}]/gu, '');
      expect(letters(sentences.join(''))).toBe(letters(text));
      expect(sentences.every((sentence) => /[\p{L}\p{N}]/u.test(sentence))).toBe(true);
    }),
  );
});

test('splits a hundred thousand characters in a moment', () => {
  const started = performance.now();
  expect(sentencesOf('蜜蜂采集花蜜。'.repeat(14_000), 'zh')).toHaveLength(14_000);
  expect(performance.now() - started).toBeLessThan(3_000);
});
