import { expect, test } from 'vitest';
import { hasSpeech, isCutShort, speakableWords } from './speakable.js';

test('markup and the commands of speech programs become plain words', () => {
  const words = [
    '<audio',
    'src="file:///etc/passwd"/>',
    '[[h@loU]]',
    '{\\fs999}',
    '`x`',
    '**bold**',
  ];
  const forms = speakableWords(words);
  expect(forms).toEqual(['audio', 'src="file:///etc/passwd"/', 'h@loU', 'fs999', 'x', 'bold']);
  expect(speakableWords(['a\u0001100Ab', 'nul\u0000byte'])).toEqual(['a 100Ab', 'nul byte']);
});

test('an address is spoken as its host', () => {
  expect(speakableWords(['https://www.example.com/a_b?x=1#y.', '(www.nasa.gov),'])).toEqual([
    'example.com.',
    'nasa.gov),',
  ]);
});

test('emoji and lone marks are shown but not spoken, a dash is a pause', () => {
  expect(speakableWords(['Well', '—', 'yes', '👩‍🚀', '🇩🇪', '…', '50', '%'])).toEqual([
    'Well,',
    '',
    'yes',
    '',
    '',
    '',
    '50',
    '%',
  ]);
  expect(hasSpeech('🎉🎉 — …')).toBe(false);
  expect(hasSpeech('🎉 1')).toBe(true);
});

test('a word of ten thousand letters is not spoken to its end', () => {
  const word = 'a'.repeat(10_000);
  expect(speakableWords([word])[0]).toHaveLength(60);
  expect(isCutShort(word)).toBe(true);
  expect(isCutShort(`https://example.com/${word}`)).toBe(false);
});

test('full-width letters and digits are ordinary ones', () => {
  expect(speakableWords(['２０２４', 'ＡＩ！'])).toEqual(['2024', 'AI!']);
});
