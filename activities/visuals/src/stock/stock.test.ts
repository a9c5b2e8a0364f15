import { expect, test } from 'vitest';
import fc from 'fast-check';
import { sceneRequest } from '../testing/visuals-stage.js';
import { choosePhotos } from './choose-photos.js';
import { searchWords } from './search-words.js';
import { attributionOf, type StockPhoto } from './stock-photo.js';

const LICENCE = { source: 'Pexels', site: 'pexels.com', licence: 'L', licenceUrl: 'https://l' };
const photo = (id: number, ...sizes: [number, number][]): StockPhoto => ({
  id: String(id),
  renditions: sizes.map(([widthPx, heightPx]) => ({
    url: `https://a/${widthPx}`,
    widthPx,
    heightPx,
  })),
  attribution: attributionOf({ author: 'A', authorUrl: '', pageUrl: '' }, LICENCE),
});
const many = (count: number) => Array.from({ length: count }, (_, id) => photo(id, [1_600, 1_000]));

const choicesOf = (photos: StockPhoto[], look: { sceneCount: number; title?: string }) =>
  Array.from({ length: look.sceneCount }, (_, index) =>
    choosePhotos(photos, sceneRequest({ scene: { index }, look })).map(({ photo: { id } }) => id),
  );

test('no fitting photo is withheld from any scene, however many scenes there are', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 0, max: 60 }),
      fc.string(),
      (sceneCount, count, title) => {
        const photos = many(count);
        const all = photos.map(({ id }) => id).toSorted();
        for (const ids of choicesOf(photos, { sceneCount, title })) {
          expect(ids.toSorted()).toEqual(all);
        }
      },
    ),
    { numRuns: 30 },
  );
});

test('scenes begin with different photos, as far as the search has found enough for each to have its own', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 120 }), fc.string(), (sceneCount, title) => {
      const photos = many(80);
      const firsts = choicesOf(photos, { sceneCount, title }).map(([first]) => first);
      // What is thrown by chance among so many leaves some without one; these borrow, and may meet.
      const owned = sceneCount * (1 - (1 - 1 / sceneCount) ** photos.length);
      expect(new Set(firsts).size).toBeGreaterThanOrEqual(Math.floor(owned * 0.75));
    }),
    { numRuns: 40 },
  );
});

test('forty scenes that share twenty hits all get one', () => {
  const choices = choicesOf(many(20), { sceneCount: 40 });
  expect(choices.filter((ids) => ids.length === 0)).toEqual([]);
});

test('a film of twelve scenes finds a photo for each on one page of a search', () => {
  const look = { sceneCount: 12 };
  const photos = many(80);
  for (let index = 0; index < 12; index += 1) {
    expect(choosePhotos(photos, sceneRequest({ scene: { index }, look })).length).toBeGreaterThan(
      0,
    );
  }
});

test('another take begins with another photo and comes round to the first', () => {
  const look = { sceneCount: 1 };
  const take = (number: number) =>
    choosePhotos(many(3), sceneRequest({ scene: { index: 0 }, look, take: number })).map(
      (chosen) => chosen.photo.id,
    );
  expect([take(0), take(1), take(2), take(3)]).toEqual([
    ['0', '1', '2'],
    ['1', '2', '0'],
    ['2', '0', '1'],
    ['0', '1', '2'],
  ]);
});

test('the smallest rendition that is large enough is fetched; too small, too large and too long ones are not', () => {
  const chosenOf = (...sizes: [number, number][]) =>
    choosePhotos(
      [photo(1, ...sizes)],
      sceneRequest({ size: [1_920, 1_080], scene: { index: 0 }, look: { sceneCount: 1 } }),
    ).map(({ rendition: { widthPx } }) => widthPx);
  expect(chosenOf([1_880, 1_253], [6_000, 4_000])).toEqual([6_000]);
  expect(chosenOf([1_880, 1_253])).toEqual([1_880]);
  expect(chosenOf([2_400, 1_600], [6_000, 4_000])).toEqual([2_400]);
  expect(chosenOf([1_200, 800])).toEqual([]);
  expect(chosenOf([9_000, 6_000])).toEqual([]);
  expect(chosenOf([1_880, 1_253], [9_000, 6_000])).toEqual([1_880]);
  expect(chosenOf([9_000, 1_300])).toEqual([]);
  expect(chosenOf([0, 0])).toEqual([]);
});

test('words are searched from the narrowest to the widest, as letters and nothing else', () => {
  const words = (keywords: string[], heading = '', title = '') =>
    searchWords({ keywords, heading }, { title });
  expect(words(['River', 'Delta', 'sea', 'salt'])).toEqual([
    'river delta sea',
    'river delta',
    'river',
  ]);
  expect(words([], 'The Long Way to the Sea')).toEqual(['long']);
  expect(words([], '', 'Rivers')).toEqual(['rivers']);
  expect(words(['', '  ', 'a'])).toEqual([]);
  expect(words(['川', '海'])).toEqual(['川 海', '川']);
  expect(words(['q&key=stolen#x', '../../etc', 'a\u0000b\u202Ec'])).toEqual([
    'q key stolen x etc a bc',
    'q key stolen x etc',
    'q key stolen x',
  ]);
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (keywords) => {
      for (const query of words(keywords)) {
        expect(query.length).toBeLessThanOrEqual(100);
        expect(query).not.toMatch(/[&=#?/\p{Cc}]/u);
      }
    }),
  );
});

test('an attribution names its author and links to the vendor only, whatever the reply says', () => {
  const said = (pageUrl: unknown, author: unknown = 'A. B.') =>
    attributionOf({ author, authorUrl: '', pageUrl }, LICENCE);
  expect(said('https://www.pexels.com/photo/x-1/').pageUrl).toBe(
    'https://www.pexels.com/photo/x-1/',
  );
  for (const url of [
    'javascript:alert(1)',
    'https://pexels.com.evil.example/x',
    'https://evilpexels.com/x',
    'http://www.pexels.com/x',
    'https://user@www.pexels.com/x',
    `https://www.pexels.com/${'x'.repeat(600)}`,
    17,
    null,
  ]) {
    expect(said(url).pageUrl).toBe('');
  }
  expect(said('', `${'long '.repeat(100)}\u0000`).author.length).toBeLessThan(130);
  expect(said('', 42).author).toBe('Pexels');
});
