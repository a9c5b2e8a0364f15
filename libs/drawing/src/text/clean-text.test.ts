import { expect, test } from 'vitest';
import fc from 'fast-check';
import { cleanText, graphemesOf, shorten } from './clean-text.js';

test('markup is left as it is, to be shown literally', () => {
  const text = '<script>alert(1)</script> &#0; ]]> <image href=file:///etc/passwd>';
  expect(cleanText(text)).toBe(text);
});

test('control characters, bidirectional overrides and invisible characters are taken out', () => {
  expect(cleanText('a\u0000b\u001b[31mc\u202Egnp.exe\u2066x\u2069\u200Fy\uFEFFz\u00AD')).toBe(
    'a b [31mcgnp.exexyz',
  );
  expect(cleanText('\ud800 lone \udfff')).toBe('lone');
});

test('joiners stay, because Persian and Indic spelling needs them', () => {
  expect(cleanText('می\u200cخواهم क्\u200dष')).toBe('می\u200cخواهم क्\u200dष');
});

test('stacked marks are cut to what languages use, and a mark without a letter is dropped', () => {
  expect(cleanText(`a${'\u0300'.repeat(200)}`).length).toBeLessThanOrEqual(6);
  expect(cleanText('\u0301 x')).toBe('x');
  expect(cleanText('Việt ที่')).toBe('Việt ที่');
});

test('any input becomes one clean line of bounded length, in bounded time', () => {
  const started = performance.now();
  cleanText('x\u0301'.repeat(50_000));
  cleanText(' '.repeat(100_000));
  expect(performance.now() - started).toBeLessThan(100);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const clean = cleanText(text);
      expect(clean).toBe(clean.trim());
      expect(clean).not.toMatch(/[\p{Cc}\p{Cs}\p{Cn}\u202a-\u202e\u2066-\u2069]| {2}/u);
    }),
  );
});

test('shortened text ends with a whole word and an ellipsis', () => {
  expect(shorten('One two three, four five', 17)).toBe('One two three…');
  expect(graphemesOf(shorten('字'.repeat(50), 10))).toHaveLength(11);
  expect(shorten('short', 10)).toBe('short');
});
