import { expect, test } from 'vitest';
import fc from 'fast-check';
import { narrationText, type NarrationText } from './narration-text.js';

test('Latin words carry their punctuation and give the narration again', () => {
  const text = narrationText('Dr. Smith paid $3.5 (a lot), or so “he” said!\nThe end.', 'en-US');
  expect(text.pieces.map(({ words }) => words.map((word) => word.text))).toEqual([
    ['Dr.', 'Smith', 'paid', '$3.5', '(a', 'lot),', 'or', 'so', '“he”', 'said!'],
    ['The', 'end.'],
  ]);
  expect(text.pieces[1]?.words[0]?.sentence).toBe(1);
});

test('Chinese and Japanese are cut into words that stand against each other', () => {
  const chinese = narrationText('你好，世界。《红楼梦》很长！', 'zh-CN');
  expect(chinese.pieces.map(({ words }) => words.map((word) => word.text))).toEqual([
    ['你好，', '世界。'],
    ['《红楼梦》', '很', '长！'],
  ]);
  expect(chinese.pieces.flatMap(({ words }) => words.map((word) => word.glued))).toEqual([
    false,
    true,
    true,
    true,
    true,
  ]);
  const japanese = narrationText('買いに行った。', 'ja');
  expect(japanese.pieces[0]?.words.map((word) => word.text)).toEqual([
    '買い',
    'に',
    '行っ',
    'た。',
  ]);
});

test('joined again, the words are the text, whatever the text is', () => {
  const languages = fc.constantFrom('en-US', 'de', 'zh-CN', 'ja', 'ar', 'th', 'ru');
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.string({
      unit: fc.constantFrom(...Array.from('ab .?!,;(“”。，、你好さっ\n\t🎉–-1')),
      maxLength: 60,
    }),
  );
  fc.assert(
    fc.property(texts, languages, (given, language) => {
      const text = narrationText(given, language);
      expect(joined(text)).toBe(text.shown.replaceAll('\n', ' '));
    }),
    { numRuns: 400 },
  );
});

test('no piece is longer than a voice can speak in a few seconds, and no word is lost', () => {
  const sentence = `${'word, '.repeat(40)}${'unbroken '.repeat(200)}end.`;
  const { pieces } = narrationText(sentence, 'en');
  expect(pieces.length).toBeGreaterThan(5);
  expect(pieces.filter(({ endsSentence }) => endsSentence)).toHaveLength(1);
  for (const { words } of pieces) {
    expect(words.map((word) => word.text).join(' ').length).toBeLessThan(400);
  }
  expect(pieces.flatMap(({ words }) => words)).toHaveLength(241);
});

function joined({ pieces }: NarrationText): string {
  const words = pieces.flatMap((piece) => piece.words);
  return words.map(({ text, glued }, index) => (glued || index === 0 ? text : ` ${text}`)).join('');
}
