import { expect, test } from '@jest/globals';
import { pictureChain } from './chains.js';

const KINDS: Record<string, string> = {
  openai: 'picture-generator',
  pexels: 'stock',
  cards: 'drawing',
};
const chain = ['openai', 'pexels', 'cards'];
const kindOf = (provider: string) => KINDS[provider] ?? '';

test('what must be read is drawn first, and everything else pictured in the order of the chain', () => {
  for (const kind of ['title', 'list', 'number', 'quote', 'closing']) {
    expect(pictureChain(chain, { kind }, kindOf)).toEqual(['cards', 'openai', 'pexels']);
  }
  expect(pictureChain(chain, { kind: 'statement' }, kindOf)).toEqual(chain);
});

test('a scene’s own picture comes before all others, which stand in for one that cannot be shown', () => {
  const media = { sha256: 'a'.repeat(64), bytes: 1, mediaType: 'image/png' };
  expect(pictureChain(chain, { kind: 'statement', media }, kindOf)).toEqual([
    'own-media',
    ...chain,
  ]);
  expect(pictureChain(chain, { kind: 'list', media }, kindOf)[0]).toBe('own-media');
});

test('data is drawn as a figure, before all others and nowhere else', () => {
  const figure = { kind: 'bars', title: '', unit: '', source: '', items: [] };
  const drawn = ['openai', 'pexels', 'figures', 'cards'];
  expect(pictureChain(drawn, { kind: 'statement', figure }, kindOf)).toEqual(['figures', ...chain]);
  expect(pictureChain(drawn, { kind: 'number', figure }, kindOf)).toEqual([
    'figures',
    'cards',
    'openai',
    'pexels',
  ]);
  expect(pictureChain(drawn, { kind: 'statement' }, kindOf)).toEqual(chain);
  // A provider that is named stands alone, this one too.
  expect(pictureChain(['pexels'], { kind: 'number', figure }, kindOf)).toEqual(['pexels']);
  expect(pictureChain(['figures'], { kind: 'statement' }, kindOf)).toEqual(['figures']);
});

test('a chain without drawings stays as it is', () => {
  expect(pictureChain(['openai'], { kind: 'list' }, kindOf)).toEqual(['openai']);
});
