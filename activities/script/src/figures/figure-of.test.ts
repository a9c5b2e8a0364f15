import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Scene } from '@aura/proto';
import { dataFigure, figureOf, withFigures, type DataKind } from './figure-of.js';
import { plainNumber } from './plain-number.js';

const scene = (more: Partial<Scene>): Scene => ({
  id: 's01',
  index: 0,
  kind: 'statement',
  narration: '',
  heading: 'A heading',
  points: [],
  visualPrompt: '',
  keywords: [],
  ...more,
});
const labels = (more: Partial<Scene>) => {
  const figure = figureOf(scene(more), 'en');
  return figure && { kind: figure.kind, items: figure.items.map(({ label }) => label) };
};

test('numbers are read as the language writes them, and what is no single number is not', () => {
  expect(plainNumber('19 billion', 'en')).toEqual({ value: 19, unit: 'billion' });
  expect(plainNumber('8,848', 'en')).toEqual({ value: 8848, unit: '' });
  expect(plainNumber('1.500', 'de')).toEqual({ value: 1500, unit: '' });
  expect(plainNumber('1,5 %', 'de')).toEqual({ value: 1.5, unit: '%' });
  expect(plainNumber('$3.50', 'en')).toEqual({ value: 3.5, unit: '$' });
  expect(plainNumber('12 000 km', 'fr')).toEqual({ value: 12_000, unit: 'km' });
  for (const other of ['1 in 5', '3–4', '27/30', 'twelve', '', '1.234.5', '3.14159', 'v2']) {
    expect(plainNumber(other, 'en')).toBeUndefined();
  }
});

test('a list is a list; named values in one unit are bars, and named years dates', () => {
  expect(labels({ kind: 'list', points: ['Light', 'Water'] })).toEqual({
    kind: 'list',
    items: ['Light', 'Water'],
  });
  const bars = figureOf(
    scene({ kind: 'list', points: ['Coal: 36 %', 'Gas: 23 %', 'Wind: 8 %'] }),
    'en',
  );
  expect(bars).toMatchObject({ kind: 'bars', unit: '%', title: 'A heading' });
  expect(bars?.items.map(({ label, value }) => [label, value])).toEqual([
    ['Coal', 36],
    ['Gas', 23],
    ['Wind', 8],
  ]);
  const plain = scene({ kind: 'list', points: ['Coal 36 percent', 'Gas 23 percent'] });
  expect(figureOf(plain, 'en')).toMatchObject({ kind: 'bars', unit: '%' });
  expect(labels({ kind: 'list', points: ['Coal: 36 %', 'Gas: 23 km'] })?.kind).toBe('list');
  expect(labels({ kind: 'list', points: ['1957: Sputnik', '1969: the Moon'] })?.kind).toBe(
    'timeline',
  );
  expect(labels({ kind: 'list', points: ['Alone'] })).toBeUndefined();
});

test('a number counts what the scene says it counts, and a quotation has its source', () => {
  const number = scene({
    kind: 'number',
    heading: 'Mud of a year',
    points: ['19', 'billion tonnes'],
  });
  expect(figureOf(number, 'en')).toMatchObject({
    kind: 'count',
    unit: 'billion tonnes',
    items: [{ value: 19, label: 'Mud of a year' }],
  });
  expect(figureOf(scene({ kind: 'number', points: ['1 in 5', 'people'] }), 'en')).toBeUndefined();
  const narration = '“No man ever steps in the same river twice,” wrote Heraclitus.';
  expect(figureOf(scene({ kind: 'quote', narration, points: ['Heraclitus'] }), 'en')).toMatchObject(
    {
      kind: 'quote',
      items: [{ label: 'Heraclitus', text: 'No man ever steps in the same river twice' }],
    },
  );
});

test('sentences with a year each become dates, in the order in which they happened', () => {
  const told =
    'In 1957, Sputnik circled the Earth. In 1961 Yuri Gagarin followed. In 1969, two people walked on the Moon.';
  expect(figureOf(scene({ narration: told }), 'en')).toMatchObject({
    kind: 'timeline',
    items: [
      { label: '1957', text: 'Sputnik circled the Earth' },
      { label: '1961', text: 'Yuri Gagarin followed' },
      { label: '1969', text: 'Two people walked on the Moon' },
    ],
  });
  expect(labels({ narration: 'In 1969, people landed. In 1957, Sputnik. In 1961, Gagarin.' })).toBe(
    undefined,
  );
});

test('no figure holds a digit that its scene does not hold, whatever is written', () => {
  const words = fc.array(
    fc.constantFrom(
      'Coal',
      ':',
      '36',
      '%',
      '–',
      '1,5',
      'In 1957,',
      '1961.',
      'two',
      '.',
      '€',
      '7 km',
    ),
    { maxLength: 12 },
  );
  const line = words.map((all) => all.join(' '));
  const kind = fc.constantFrom('list', 'number', 'quote', 'statement', 'title');
  fc.assert(
    fc.property(
      kind,
      line,
      line,
      fc.array(line, { maxLength: 9 }),
      (kind, heading, narration, points) => {
        const figure = figureOf(scene({ kind, heading, narration, points }), 'en');
        if (!figure) return;
        const said = [heading, narration, ...points].join(' ').match(/\d+/g) ?? [];
        const shown = figure.items.flatMap(({ label, value, text }) => [label, text, value || '']);
        for (const digits of shown.join(' ').match(/\d+/g) ?? []) expect(said).toContain(digits);
        expect(figure.items.length).toBeLessThanOrEqual(8);
      },
    ),
    { numRuns: 300 },
  );
});

test('lines of data become the figure that is asked for, or nothing', () => {
  const kindOf = (kind: DataKind, points: string[]) =>
    dataFigure(kind, { heading: 'H', points }, 'en')?.kind;
  const shares = ['Coal: 36 %', 'Gas: 23 %', 'Wind: 8 %'];
  expect(kindOf('bars', shares)).toBe('bars');
  expect(kindOf('line', ['1960: 317', '1990: 354', '2020: 414'])).toBe('line');
  expect(kindOf('line', ['1960: 317', '2020: 414'])).toBeUndefined();
  expect(kindOf('timeline', ['1957: Sputnik', '1969: the Moon'])).toBe('timeline');
  expect(kindOf('comparison', shares)).toBeUndefined();
  expect(dataFigure('comparison', { heading: '', points: shares.slice(0, 2) }, 'en')).toMatchObject(
    {
      kind: 'comparison',
      unit: '%',
      items: [{ value: 36 }, { value: 23 }],
    },
  );
  expect(kindOf('steps', ['Grind: fresh', 'Pour'])).toBe('steps');
  expect(kindOf('bars', ['Coal: a lot', 'Gas: 3'])).toBeUndefined();
  expect(kindOf('bars', ['Coal: 36 %', 'Gas: 3 km'])).toBeUndefined();
  expect(
    kindOf(
      'steps',
      Array.from({ length: 9 }, () => 'One'),
    ),
  ).toBeUndefined();
});

test('what brings its own data or its own picture keeps it', () => {
  const media = { sha256: 'a'.repeat(64), bytes: 1, mediaType: 'image/png' };
  const own = { kind: 'quote', title: '', unit: '', source: '', items: [] };
  const list = { kind: 'list', points: ['One', 'Two'] };
  const scenes = [scene({ ...list, media }), scene({ ...list, figure: own }), scene(list)];
  expect(withFigures(scenes, 'en').map(({ figure }) => figure?.kind)).toEqual([
    undefined,
    'quote',
    'list',
  ]);
});
