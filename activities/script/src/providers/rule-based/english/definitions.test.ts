import { expect, test } from 'vitest';
import { parseSynset, type Synset } from '../dictionary/synset.js';
import { definitionOf } from './definitions.js';

/** A data line as the dictionary has it: field 06 artifact, 13 food, 20 plant, 05 animal. */
function synset(field: string, gloss: string): Synset {
  return parseSynset(`00000001 ${field} n 01 word 0 000 | ${gloss}  `);
}

test.each([
  [
    '06',
    'bicycle that has two wheels of equal size',
    'a bicycle that has two wheels of equal size',
  ],
  ['06', 'equipment for playing badminton', 'equipment for playing badminton'],
  [
    '20',
    'tropical African shrub having red flowers',
    'a tropical African shrub having red flowers',
  ],
  [
    '05',
    'any of numerous hairy-bodied insects including social and solitary species',
    'one of numerous hairy-bodied insects including social and solitary species',
  ],
  ['05', 'small island bird', 'a small island bird'],
  ['15', 'a island in the Netherlands Antilles', 'an island in the Netherlands Antilles'],
  ['18', 'United States physicist noted for his work', 'an American physicist noted for his work'],
  [
    '18',
    'a thief who moved to the United States and stayed',
    'a thief who moved to the United States and stayed',
  ],
  [
    '13',
    'beverage made of milk and sugar and a small amount of tea',
    'a beverage made of milk, sugar and a small amount of tea',
  ],
])('reads field %s "%s" as a noun phrase', (field, gloss, text) => {
  expect(definitionOf(synset(field, gloss))?.text).toBe(text);
});

test.each([
  'used in yoga and elsewhere',
  'comprising all existing penguins',
  'informal term for sleep',
  'located in the north of Japan',
  'the act of increasing the contrast of (a film)',
])('refuses "%s", which is no definition that a sentence can hold', (gloss) => {
  expect(definitionOf(synset('06', gloss))).toBeUndefined();
});

test('knows a definition of many from a definition of one', () => {
  expect(
    definitionOf(synset('05', 'short-legged flightless birds of cold regions'))?.isPlural,
  ).toBe(true);
  expect(definitionOf(synset('05', 'a small glass lens'))?.isPlural).toBe(false);
});

test('takes labels, examples, life dates and further clauses out of the definition', () => {
  const { definition, asides, examples, label } = synset(
    '19',
    '(physics) the force of attraction between masses; used in engineering; "the more remote the body the less the gravity"',
  );
  expect({ definition, asides, examples, label }).toEqual({
    definition: 'the force of attraction between masses',
    asides: ['used in engineering'],
    examples: ['the more remote the body the less the gravity'],
    label: 'physics',
  });
});
