import { expect, test } from 'vitest';
import fc from 'fast-check';
import { figureIn } from './figures.js';
import { graphemes } from './graphemes.js';
import { headingOf, MAX_HEADING } from './heading.js';
import { listIn, quotationIn } from './quotations.js';

test.each([
  ['Nectar becomes honey through work.', 'Nectar becomes honey through work'],
  [
    'However, when the first warm days arrive in spring, the bees leave the hive and look for flowers everywhere.',
    'The bees leave the hive and look for flowers everywhere',
  ],
  [
    'The dance tells her sisters how far away the flowers are and in which direction they must fly.',
    'The dance tells her sisters how far away the flowers',
  ],
])('makes a heading of the main clause', (sentence, heading) => {
  expect(headingOf(sentence, 'en')).toBe(heading);
});

test('never makes a heading that a card cannot hold', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 600, unit: 'grapheme' }),
      fc.constantFrom('en', 'de', 'zh', 'ar'),
      (text, language) => {
        expect(graphemes(headingOf(text, language)).length).toBeLessThanOrEqual(MAX_HEADING);
      },
    ),
  );
});

test.each([
  ['A hive holds about 60,000 bees in summer.', { figure: '60,000', unit: 'bees' }],
  ['Nearly 40 % of the water is lost.', { figure: '40 %', unit: '' }],
  ['It costs 2.5 million euros.', { figure: '2.5 million', unit: 'euros' }],
])('finds the figure of "%s"', (text, expected) => {
  expect(figureIn(text)).toEqual(expected);
});

test.each([
  'It began in 1883 and ended soon.',
  'See step 2.',
  'We meet at 10:30.',
  'Nothing to count here.',
])('takes no year, date or list number for a figure: "%s"', (text) => {
  expect(figureIn(text)).toBeUndefined();
});

test('finds lists and quotations with their source', () => {
  expect(listIn('Three things matter: light, water and good soil.')).toEqual([
    'light',
    'water',
    'good soil',
  ]);
  expect(
    quotationIn('“Bees are the batteries of orchards and gardens,” said Carol Duffy.'),
  ).toEqual({
    words: 'Bees are the batteries of orchards and gardens',
    source: 'Carol Duffy',
  });
});
