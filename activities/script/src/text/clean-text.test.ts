import { expect, test } from 'vitest';
import { cleanText, hasWords } from './clean-text.js';

test('keeps words and line breaks, and drops markup, links and emoji', () => {
  const raw =
    '# Bees 🐝\r\n\r\n**Honey** is [sweet](https://example.org), see <b>here</b>: https://a.example/b?c=d';
  expect(cleanText(raw)).toBe('# Bees\n\nHoney is sweet, see here :');
});

test('drops control, direction and zero-width characters', () => {
  expect(cleanText('a\u202Eb\u0007c\u200Bd \ud83d e')).toBe('ab cd e');
});

test('keeps the joiners that Arabic and Indic words need', () => {
  expect(cleanText('می‌خواهم')).toBe('می‌خواهم');
});

test('drops a word that nobody can read, and keeps a long line of characters without spaces', () => {
  expect(hasWords(cleanText('x'.repeat(5_000)))).toBe(false);
  expect(cleanText('蜜'.repeat(200))).toHaveLength(200);
});

test('keeps the indentation that makes sub-points', () => {
  expect(cleanText('- a\n    - b')).toBe('- a\n    - b');
});
