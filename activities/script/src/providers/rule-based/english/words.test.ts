import { expect, test } from 'vitest';
import { articleFor, capitalised, listed, plural, titleCase } from './words.js';

test.each([
  ['apple', 'an'],
  ['hour', 'an'],
  ['honest man', 'an'],
  ['university', 'a'],
  ['European', 'a'],
  ['one-way street', 'a'],
  ['uninteresting day', 'an'],
  ['unit', 'a'],
  ['uncle', 'an'],
  ['MRI', 'an'],
  ['UFO', 'a'],
  ['8-bit chip', 'an'],
  ['umbrella', 'an'],
  ['euphoric mood', 'a'],
  ['X-ray', 'an'],
  ['usual thing', 'a'],
  ['herb', 'an'],
  ['heavy rain', 'a'],
])('writes the right article before "%s"', (phrase, article) => {
  expect(articleFor(phrase)).toBe(article);
});

test.each([
  ['volcano', 'volcanoes'],
  ['piano', 'pianos'],
  ['city', 'cities'],
  ['day', 'days'],
  ['leaf', 'leaves'],
  ['roof', 'roofs'],
  ['box', 'boxes'],
  ['child', 'children'],
  ['sheep', 'sheep'],
  ['fireman', 'firemen'],
  ['human', 'humans'],
  ['German', 'Germans'],
  ['cup of tea', 'cups of tea'],
  ['black hole', 'black holes'],
  ['phenomenon', 'phenomena'],
  ['bus', 'buses'],
])('makes the plural of "%s"', (noun, many) => {
  expect(plural(noun)).toBe(many);
});

test('sets capitals, lists and titles', () => {
  expect(capitalised('“tea” is')).toBe('“Tea” is');
  expect(capitalised('iPhone sales')).toBe('iPhone sales');
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  expect(listed(['a', 'b'], 'or')).toBe('a or b');
  expect(titleCase('the history of tea')).toBe('The History of Tea');
  expect(titleCase('how NASA works')).toBe('How NASA Works');
});
