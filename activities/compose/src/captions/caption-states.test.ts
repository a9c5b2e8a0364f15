import { expect, test } from 'vitest';
import fc from 'fast-check';
import type { Caption } from '@aura/proto';
import { captionLayout } from './caption-layout.js';
import { captionLook } from './caption-look.js';
import { captionStates, wordPlaces } from './caption-states.js';
import { directionMarks } from './direction.js';

const LAYOUT = captionLayout({ widthPx: 1_280, heightPx: 720 });

function look(name: string) {
  return captionLook({ mode: '', look: name, position: '', accent: '' }, LAYOUT);
}

const SAID: Caption = {
  start: 10,
  frames: 60,
  lines: ['One two', 'three.'],
  words: [
    { text: 'One', start: 10, frames: 8 },
    { text: 'two', start: 20, frames: 8 },
    { text: 'three.', start: 48, frames: 8 },
  ],
};

test('karaoke marks each word until the next one is said, and none in a pause', () => {
  const states = captionStates([SAID], { look: look('karaoke'), fps: 25 });
  expect(states.map(({ from, to, said }) => [from, to, said && { ...said }])).toEqual([
    [10, 20, { line: 0, from: 0, to: 3 }],
    [20, 33, { line: 0, from: 4, to: 7 }],
    [33, 48, undefined],
    [48, 61, { line: 1, from: 0, to: 6 }],
    [61, 70, undefined],
  ]);
});

test('one word at a time shows words only; a caption without times is shown as it is', () => {
  const states = captionStates([SAID], { look: look('word'), fps: 25 });
  expect(states.map(({ lines, from }) => [lines, from])).toEqual([
    [['One'], 10],
    [['two'], 20],
    [['three.'], 48],
  ]);
  const untimed = { ...SAID, words: [] };
  expect(captionStates([untimed], { look: look('word'), fps: 25 })).toEqual([
    { from: 10, to: 70, lines: SAID.lines },
  ]);
});

test('whatever the words of a caption, its states cover it in order and never twice', () => {
  const words = fc.array(
    fc.record({
      text: fc.constantFrom('a', 'b', 'ab', '', '\u200b', 'c'),
      start: fc.integer({ min: -20, max: 120 }),
      frames: fc.integer({ min: 0, max: 40 }),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(words, fc.constantFrom('boxed', 'karaoke', 'word'), (said, name) => {
      const caption = { start: 5, frames: 90, lines: ['a b ab', 'c'], words: said };
      const states = captionStates([caption], { look: look(name), fps: 25 });
      let at = 5;
      for (const { from, to } of states) {
        expect(from).toBeGreaterThanOrEqual(at);
        if (name !== 'word') expect(from).toBe(at);
        expect(to).toBeGreaterThan(from);
        at = to;
      }
      expect(at).toBeLessThanOrEqual(95);
      if (name !== 'word') expect(at).toBe(95);
    }),
  );
});

test('words are found in their order, also without spaces and where one is part of another', () => {
  const places = (lines: string[], words: string[]) =>
    wordPlaces(
      lines,
      words.map((text) => ({ text })),
    ).map((place) => place && lines[place.line]?.slice(place.from, place.to));
  expect(places(['他喝咖啡', '。好'], ['他', '喝', '咖啡', '。好'])).toEqual([
    '他',
    '喝',
    '咖啡',
    '。好',
  ]);
  expect(places(['an anchor and a can'], ['anchor', 'a', 'can'])).toEqual(['anchor', 'a', 'can']);
  expect(places(['one two'], ['missing', 'two'])).toEqual([undefined, 'two']);
});

test('a bracket stays with what it closes, whichever way the line runs', () => {
  expect(marks('ברמות של Ethiopia (1850).')).toBe('ברמות של Ethiopia (1850)<ltr>.');
  expect(marks('The word שלום (1850) means')).toBe('The word שלום (1850)<rtl> means');
  expect(marks('ברמות (1850) של')).toBe('ברמות (1850) של');
  expect(marks('The word (שלום) means')).toBe('The word (שלום) means');
  expect(marks('plain (text) only')).toBe('plain (text) only');
});

function marks(line: string): string {
  const found = directionMarks(line);
  return Array.from(line)
    .map((character, at) => character + (found.get(at) ?? ''))
    .join('')
    .replace('\u200e', '<ltr>')
    .replace('\u200f', '<rtl>');
}
