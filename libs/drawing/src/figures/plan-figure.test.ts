import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Figure } from '@aura/proto';
import { inkBox } from '../layout/elements.js';
import type { Box } from '../look/canvas.js';
import { CAPTIONS_FROM } from '../look/caption-zone.js';
import { sharedFontLibrary } from '../type/font-library.js';
import { FIGURE_KINDS } from './figure-content.js';
import { figureSvg } from './figure-svg.js';
import { numberText } from './number-text.js';
import { planFigure } from './plan-figure.js';
import { scaleOf, shareOf } from './scale.js';

const SIZES = [
  { widthPx: 640, heightPx: 360 },
  { widthPx: 360, heightPx: 640 },
  { widthPx: 360, heightPx: 360 },
  { widthPx: 288, heightPx: 360 },
];
const WORDS = [
  'Coal',
  'the',
  'rivers',
  '2,5',
  'Überschwemmung',
  '河流',
  'مرحبا',
  'नदियाँ',
  '</g>',
  '🙂',
];
const text = fc.array(fc.constantFrom(...WORDS), { maxLength: 14 }).map((words) => words.join(' '));
const value = fc.oneof(
  fc.integer({ min: -50, max: 20_000 }),
  fc.double({ noDefaultInfinity: false, noNaN: false }),
);
const anyFigure: fc.Arbitrary<Figure> = fc.record({
  kind: fc.constantFrom(...FIGURE_KINDS, 'pie'),
  title: text,
  unit: fc.constantFrom('', '%', '$', 'million tonnes', 'مليون'),
  source: text,
  items: fc.array(fc.record({ label: text, value, text }), { maxLength: 9 }),
  look: fc.record({
    title: fc.constantFrom('A', 'B', 'C'),
    style: fc.constantFrom('documentary', 'news', 'promo'),
    language: fc.constantFrom('en', 'de', 'ar', 'he', 'hi', 'zh-CN', 'x-nonsense', ''),
    seed: fc.constant('s01'),
    number: fc.integer({ min: 0, max: 20 }),
    count: fc.integer({ min: 0, max: 20 }),
  }),
});

function extremes(kind: string, ...values: number[]): Figure {
  const items = values.map((value) => ({ label: '', value, text: '' }));
  const look = { title: 'A', style: 'news', language: 'en', seed: 's01', number: 0, count: 0 };
  return { kind, title: '', unit: '', source: '', items, look };
}

test('whatever the data, it lies within the frame, clear of edges and captions', async () => {
  const fonts = await sharedFontLibrary();
  await fc.assert(
    fc.asyncProperty(anyFigure, fc.constantFrom(...SIZES), async (figure, size) => {
      const plan = await planFigure(figure, size, fonts);
      const { unit, shape } = plan.frame;
      const bottom = size.heightPx * CAPTIONS_FROM[shape];
      const isClear = ({ x, y, width, height }: Box) =>
        x > 2 * unit && y > 2 * unit && x + width < size.widthPx - 2 * unit && y + height < bottom;
      // An expectation for each of ten thousand boxes would take longer than the drawing.
      const boxes = plan.parts
        .flatMap(({ states }) => states.flat())
        .map((element) => (element.type === 'text' ? inkBox(element) : element.box));
      expect(boxes.filter((box) => !isClear(box))).toEqual([]);
      const svg = figureSvg(plan, { withParts: true, scale: 1 });
      expect(svg).not.toMatch(/NaN|Infinity|undefined|<text|<image|href/);
    }),
    {
      numRuns: process.env['AURA_TEST_SCALE'] === 'long' ? 400 : 12,
      examples: [
        [extremes('line', -1e308, 1e308), SIZES[0]!],
        [extremes('bars', 5e-324, -5e-324), SIZES[3]!],
      ],
    },
  );
}, 240_000);

test('numbers are written as the language writes them, alike in one figure', () => {
  const style = (values: number[], unit = '', language = 'en') =>
    values.map((one) => numberText(one, { language, unit, compact: 'short', values }));
  expect(style([10_400, 6_500])).toEqual(['10,400', '6,500']);
  expect(style([1_969])).toEqual(['1969']);
  expect(style([1.5, 2])).toEqual(['1.5', '2.0']);
  expect(style([36], '%', 'de')[0]).toMatch(/^36\s%$/u);
  expect(style([3.5], '$')).toEqual(['$3.5']);
  expect(style([8_100_000_000], '', 'x-nonsense')).toEqual(['8.1B']);
});

test('a scale has round steps around all of its values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1 }),
      (all) => {
        const values = all.map((one) => Math.round(one * 100) / 100);
        const scale = scaleOf(values, 4);
        expect(scale.ticks.length).toBeLessThan(14);
        for (const one of values) {
          expect(one).toBeGreaterThanOrEqual(scale.from - Math.abs(scale.from) * 1e-9);
          expect(one).toBeLessThanOrEqual(scale.to + Math.abs(scale.to) * 1e-9);
          expect(shareOf(one, scale)).toBeGreaterThanOrEqual(0);
          expect(shareOf(one, scale)).toBeLessThanOrEqual(1);
        }
      },
    ),
  );
});
