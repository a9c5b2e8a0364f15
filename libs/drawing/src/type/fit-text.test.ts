import { beforeAll, expect, test } from 'vitest';
import fc from 'fast-check';
import { fitText, type FittedText, type Room } from './fit-text.js';
import { openFontLibrary, type FontLibrary } from './font-library.js';
import { shapeText } from './shaped-text.js';

let fonts: FontLibrary;
beforeAll(async () => {
  fonts = await openFontLibrary();
});

const ROOM: Room = {
  width: 600,
  height: 400,
  maxSize: 100,
  minSize: 40,
  maxLines: 4,
  leading: 1.1,
};

async function fit(text: string, room: Partial<Room> = {}, language = 'en') {
  const rtl = /[\u0590-\u08ff]/.test(text);
  const style = { typeface: 'sans', weight: 'bold', tracking: 0, language, rtl } as const;
  const shaped = await shapeText(text, style, fonts);
  return { shaped, fitted: fitText(shaped, { ...ROOM, ...room }) };
}

const inkWidths = ({ lines, size }: FittedText) =>
  lines.map(({ ink }) => (ink.right - ink.left) * size);

test('short text is as large as allowed, longer text smaller, then in more lines', async () => {
  const sizes = [];
  for (const words of [1, 6, 12, 18]) {
    const { fitted } = await fit('river '.repeat(words).trim());
    expect(fitted.truncated || fitted.cut).toBe(false);
    sizes.push(fitted.size);
  }
  expect(sizes[0]).toBe(100);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
});

test('lines of a heading are of even length: no single short word stands alone', async () => {
  const { fitted } = await fit('How rivers slowly shape the wide land', { maxSize: 60 });
  const widths = inkWidths(fitted);
  expect(widths.length).toBeGreaterThan(1);
  expect(Math.min(...widths)).toBeGreaterThan(0.6 * Math.max(...widths));
});

test('a long word makes the text smaller, and is cut only where it cannot fit at all', async () => {
  const long = await fit('Donaudampfschifffahrt');
  expect(long.fitted).toMatchObject({ cut: false, truncated: false });
  expect(long.fitted.lines).toHaveLength(1);
  expect(long.fitted.size).toBeLessThan(100);
  const longer = await fit('Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz');
  expect(longer.fitted).toMatchObject({ cut: true, truncated: false, size: 40 });
  expect(longer.fitted.lines.length).toBeGreaterThan(1);
});

test('what finds no room is left out cleanly: after a word, without its comma, with an ellipsis', async () => {
  const { shaped, fitted } = await fit('first, second, third, '.repeat(30), { maxLines: 2 });
  expect(fitted.truncated).toBe(true);
  expect(fitted.lines).toHaveLength(2);
  const glyphs = fitted.lines.at(-1)?.glyphs ?? [];
  expect(glyphs.at(-1)?.id).toBe(shaped.ellipsis.glyphs.at(-1)?.id);
  const [comma] = (await fit(',')).shaped.words[0]?.runs[0]?.glyphs ?? [];
  expect(glyphs.at(-2)?.id).not.toBe(comma?.id);
});

test('lines never touch, also with stacked marks and deep descenders', async () => {
  const texts = [
    'Ắ Ṩ Ǡ gjpqy ẞ '.repeat(5),
    'ปู่ ญี่ปุ่น ฐู้ '.repeat(5),
    'हिन्दी ङ्क्ष्र्यूं र्कीं '.repeat(4),
    'لِلّٰهِ إِيَّاكَ '.repeat(5),
  ];
  for (const text of texts) {
    for (const leading of [0.6, 1.1]) {
      const { fitted } = await fit(text.trim(), { leading, maxSize: 60 });
      expect(fitted.lines.length).toBeGreaterThan(1);
      for (const [at, line] of fitted.lines.entries()) {
        const next = fitted.lines[at + 1];
        if (!next) continue;
        const bottom = line.baseline - line.ink.bottom * fitted.size;
        expect(next.baseline - next.ink.top * fitted.size).toBeGreaterThan(bottom);
      }
    }
  }
});

test('what is measured is what is drawn: advances and ink differ by side bearings only', async () => {
  for (const text of [
    'Handgloves',
    'الأنهار تشكل الأرض',
    'नदियाँ धरती',
    'แม่น้ำ',
    '河流塑造大地',
    'שלום עולם abc 12',
  ]) {
    const { shaped, fitted } = await fit(text, { maxSize: 40.1, width: 10_000 });
    const advance = shaped.words.reduce((sum, word) => sum + word.width + word.space, 0);
    expect(Math.abs(advance - fitted.width / fitted.size)).toBeLessThan(0.25);
  }
});

test('numbers and Latin words inside right-to-left text keep their own order', async () => {
  const { fitted } = await fit('נהר 123 abc', { width: 10_000 }, 'he');
  const order = fitted.lines[0]?.glyphs.map(({ x }) => x) ?? [];
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  const digits = (await fit('123', { width: 10_000 })).shaped.words[0]?.runs[0]?.glyphs.map(
    ({ id }) => id,
  );
  const ids = fitted.lines[0]?.glyphs.map(({ id }) => id) ?? [];
  const at = ids.indexOf(digits?.[0] ?? -1);
  expect(ids.slice(at, at + 3)).toEqual(digits);
});

test('any text fits any room that holds a line', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
      fc.integer({ min: 120, max: 800 }),
      fc.integer({ min: 110, max: 500 }),
      async (text, width, height) => {
        const { fitted } = await fit(text.replace(/\s+/g, ' ').trim(), { width, height });
        expect(fitted.width).toBeLessThanOrEqual(width);
        expect(fitted.height).toBeLessThanOrEqual(height);
      },
    ),
    { numRuns: 60 },
  );
});
