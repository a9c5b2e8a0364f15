import { expect, test } from 'vitest';
import type { Scene } from '@aura/proto';
import { cardContent } from './card-content.js';
import { LOOK, sampleScene } from '../../testing/sample-cards.js';

const content = (scene: Partial<Scene>) => cardContent(sampleScene(scene), LOOK);

test('a quote card shows the words in marks, not the sentence around them or a heading that announces them', () => {
  const narration = 'Here is the word at work: “The river rose and took the bridge away.”';
  const quote = { kind: 'quote', points: ['Example from the dictionary'] };
  expect(content({ ...quote, heading: '“Photosynthesis” in a sentence', narration })).toMatchObject(
    {
      heading: 'The river rose and took the bridge away.',
      source: 'Example from the dictionary',
      points: [],
    },
  );
  expect(
    content({ ...quote, narration: '引用：「川は流れて海に入り、また雲になる」と。' }).heading,
  ).toBe('川は流れて海に入り、また雲になる');
  const said = 'No man steps in the same river twice, as someone said.';
  const heading = 'No man steps in the same river twice';
  expect(content({ ...quote, heading, narration: said }).heading).toBe(heading);
  expect(content({ ...quote, heading: 'A saying', narration: said }).heading).toBe(said);
});

test('without a heading the first words stand in, for a title the film’s own', () => {
  const narration =
    'Water carries whole mountains to the sea, grain by grain, and never asks why it does so.';
  expect(content({ narration }).heading).toBe(narration);
  expect(content({ kind: 'list', narration }).heading).toBe(
    'Water carries whole mountains to the sea, grain by grain…',
  );
  expect(content({ kind: 'title', narration }).heading).toBe('Test');
  expect(content({ heading: 'Short', narration }).heading).toBe('Short');
});

test('what one line says is not said again by the one beside it', () => {
  const bodies = { heading: 'Mediterranean and Black Sea', points: ['Mediterranean', 'Black Sea'] };
  expect(content(bodies).points).toEqual([]);
  expect(content({ ...bodies, points: ['The largest inland sea'] }).points).toHaveLength(1);
  const known = { kind: 'number', points: ['39', 'seas known by name'] };
  expect(content({ ...known, heading: 'Known by name' }).heading).toBe('');
  expect(content({ ...known, heading: 'All the seas' }).heading).toBe('All the seas');
});

test('each kind takes its points for what they are, and empty ones away', () => {
  const points = [' ', '19', 'billion tonnes', '\u0000'];
  expect(content({ kind: 'number', points })).toMatchObject({
    figure: '19',
    unit: 'billion tonnes',
    points: [],
  });
  expect(content({ kind: 'list', points }).points).toEqual(['19', 'billion tonnes']);
  expect(content({ kind: 'title', points }).points).toEqual(['19']);
  expect(content({ kind: 'no such kind' }).kind).toBe('statement');
});
