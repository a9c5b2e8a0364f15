import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasDictionary } from '../../../testing/scripts.js';
import { isDecent } from './decency.js';
import { Dictionary } from './dictionary.js';
import { locateDictionary } from './locate.js';
import { PagedFile } from './paged-file.js';

const isThere = await hasDictionary();
const whenThereIsADictionary = isThere ? test : test.skip;

let dictionary: Dictionary | undefined;
beforeAll(async () => {
  const place = await locateDictionary('wn');
  dictionary = place && (await Dictionary.open(place));
});
afterAll(async () => dictionary?.close());

whenThereIsADictionary.each([
  ['volcanoes', 'volcano'],
  ['mice', 'mouse'],
  ['black holes', 'black hole'],
  ['glasses', 'glasses'],
  ['Roman Empire', 'roman empire'],
  ['zorblax', undefined],
])('knows the base form of "%s"', async (phrase, base) => {
  expect(await dictionary?.baseOf(phrase)).toBe(base);
});

whenThereIsADictionary('gives senses with their uses, relations and kinds', async () => {
  const senses = (await dictionary?.senses('tea')) ?? [];
  expect(senses[0]).toMatchObject({
    uses: 5,
    synset: { definition: 'a beverage made by steeping tea leaves in water' },
  });
  const kinds = (await dictionary?.linked(senses[0]!.synset, 'kind')) ?? [];
  expect(kinds.flatMap(({ words }) => words)).toEqual(
    expect.arrayContaining(['iced tea', 'herbal tea']),
  );
});

whenThereIsADictionary(
  'finds entries that speak of a word, as a word and not within another',
  async () => {
    const words = ((await dictionary?.mentions(['tea', 'teas'])) ?? []).flatMap(
      ({ synset }) => synset.words,
    );
    expect(words).toEqual(expect.arrayContaining(['samovar', 'teapot']));
    expect(words).not.toContain('steak');
  },
);

whenThereIsADictionary('does not find a place that only bears the name', async () => {
  const words = ((await dictionary?.mentions(['black hole'])) ?? []).flatMap(
    ({ synset }) => synset.words,
  );
  expect(words).toEqual(['Cygnus']);
});

whenThereIsADictionary('holds back slurs, insults and what is unkind about people', async () => {
  const senses = (await dictionary?.senses('cat')) ?? [];
  const decent = senses
    .filter(({ synset }) => isDecent(synset))
    .map(({ synset }) => synset.definition);
  expect(decent.some((definition) => definition.startsWith('feline mammal'))).toBe(true);
  expect(decent.join(' ')).not.toMatch(/gossip/);
});

test('a missing dictionary is missing, by folder and by program', async () => {
  expect(await locateDictionary('/nowhere/wn')).toBeUndefined();
  expect(await locateDictionary('/nowhere')).toBeUndefined();
});

test('finds every line of a sorted file, across the ends of its pages', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'aura-paged-'));
  const words = Array.from({ length: 6_000 }, (_none, at) => `w${String(at).padStart(5, '0')}`);
  await writeFile(
    path.join(folder, 'list'),
    words.map((word) => `${word} value of ${word}\n`).join(''),
  );
  const file = await PagedFile.open(path.join(folder, 'list'));
  try {
    for (const word of words.filter((_word, at) => at % 37 === 0 || at > 5_990)) {
      expect(await file.find(word)).toBe(`${word} value of ${word}`);
    }
    expect(await file.find('w')).toBeUndefined();
    expect(await file.find('w99999')).toBeUndefined();
    expect(await file.startingWith('w0000')).toHaveLength(10);
  } finally {
    await file.close();
    await rm(folder, { recursive: true });
  }
});
