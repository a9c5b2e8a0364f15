import { expect, test } from 'vitest';
import { unbreakables } from './line-breaks.js';

const pieces = (text: string, language: string) =>
  unbreakables(text, language).map((piece) => piece.text);

test('Latin text breaks at spaces and after hyphens inside words, nowhere else', () => {
  expect(pieces('A well-known fact, (really) 3.5% of it', 'en')).toEqual([
    'A',
    'well-',
    'known',
    'fact,',
    '(really)',
    '3.5%',
    'of',
    'it',
  ]);
});

test('no line begins with closing punctuation or ends with an opening bracket in Chinese and Japanese', () => {
  const texts = [
    ['zh', '人不能两次踏进同一条河流，因为“无论”是这条河（还是这个人）都已经不同。'],
    ['ja', '川の流れは絶えずして、「ゆく河」しかも、もとの水にあらず。ラーメンっていいね！'],
  ] as const;
  for (const [language, text] of texts) {
    const parts = pieces(text, language);
    expect(parts.join('')).toBe(text);
    expect(parts.length).toBeGreaterThan(6);
    for (const part of parts) {
      expect(part).not.toMatch(/^[、。，！”）」ーっ]|[“（「]$/u);
    }
  }
});

test('Japanese particles stay with the word before them', () => {
  expect(pieces('岩を少しずつ削りとる', 'ja')[0]).toBe('岩を');
});

test('Thai breaks between words of the dictionary', () => {
  const parts = pieces('แม่น้ำสร้างรูปร่างให้แผ่นดินได้อย่างไร', 'th');
  expect(parts[0]).toBe('แม่น้ำ');
  expect(parts.join('')).toBe('แม่น้ำสร้างรูปร่างให้แผ่นดินได้อย่างไร');
});

test('every piece says where it begins, also with a language that does not exist', () => {
  const text = '한국어 문장 and 日本語、 mixed';
  for (const piece of unbreakables(text, 'no such language')) {
    expect(text.slice(piece.start, piece.start + piece.text.length)).toBe(piece.text);
  }
});
