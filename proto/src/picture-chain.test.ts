import { expect, test } from 'vitest';
import { pictureChain } from './picture-chain.js';

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

test('clips come where the chain has them, first where movement is asked for, and after pictures of what stands still', () => {
  const kinds: Record<string, string> = { ...KINDS, clips: 'stock-clips', film: 'clip-generator' };
  const of = (names: string[], visualPrompt: string, brief = '') =>
    pictureChain(names, { kind: 'statement', visualPrompt, brief }, (name) => kinds[name] ?? '');
  const last = [...chain, 'film', 'clips'];
  const first = ['clips', 'pexels', 'cards'];
  expect(of(last, 'a river delta')).toEqual(last);
  expect(of(first, 'a river delta')).toEqual(first);
  for (const prompt of ['Drone shot of a delta', 'a time-lapse', 'Das Delta im Zeitraffer']) {
    expect(of(last, prompt)).toEqual(['film', 'clips', ...chain]);
  }
  expect(of(last, 'a river delta', 'Rivers, with slow-motion footage')[0]).toBe('film');
  expect(of(first, 'an old map of the delta')).toEqual(['pexels', 'clips', 'cards']);
  expect(of(last, 'an old map', 'Rivers in footage')).toEqual([
    'openai',
    'pexels',
    'film',
    'clips',
    'cards',
  ]);
  expect(of(chain, 'a time-lapse')).toEqual(chain);
  const written = pictureChain(last, { kind: 'title', brief: 'footage' }, (name) => kinds[name]!);
  expect(written[0]).toBe('cards');
});

test('a chain without drawings stays as it is', () => {
  expect(pictureChain(['openai'], { kind: 'list' }, kindOf)).toEqual(['openai']);
});
