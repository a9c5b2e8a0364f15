import { expect, test } from 'vitest';
import { timingsOf } from './read-timings.js';

const word = { text: 'a', startMs: 0, endMs: 10, sentence: 0 };

test('timings are taken as they are', () => {
  expect(timingsOf(JSON.stringify({ source: 'measured', words: [word] })).words).toEqual([word]);
});

test.each([
  ['not JSON', 'words'],
  ['no words', '{"source":"measured"}'],
  ['null', 'null'],
  ['a word without text', JSON.stringify({ words: [{ ...word, text: 7 }] })],
  ['an endless word', '{"words":[{"text":"a","startMs":0,"endMs":1e999,"sentence":0}]}'],
  ['a word that ends before it begins', JSON.stringify({ words: [{ ...word, endMs: -1 }] })],
  ['words out of order', JSON.stringify({ words: [{ ...word, startMs: 5 }, word] })],
  ['too many words', JSON.stringify({ words: Array.from({ length: 20_001 }, () => word) })],
])('timings with %s are refused', (_what, text) => {
  expect(() => timingsOf(text)).toThrow(expect.objectContaining({ code: 'NarrationInvalid' }));
});
