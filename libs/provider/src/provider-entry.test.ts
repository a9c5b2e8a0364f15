import { expect, test } from 'vitest';
import { createAccount } from './account.js';
import { registryProblems, type ProviderEntry } from './provider-entry.js';

type Entry = ProviderEntry<unknown, never, never>;

const LOCAL: Entry = {
  name: 'pen',
  stage: 'visuals',
  kind: 'drawing',
  runs: 'local',
  gives: 'Drawings.',
  capabilities: {},
  settings: [],
  price: { kind: 'free' },
  limits: { concurrentCalls: 1 },
  create: () => undefined,
};
const REMOTE: Entry = {
  ...LOCAL,
  name: 'painter',
  kind: 'picture-generator',
  runs: 'remote',
  settings: ['PAINTER_API_KEY'],
  price: { kind: 'table', vendor: 'painter' },
  account: () =>
    createAccount({
      vendor: 'painter',
      runs: 'remote',
      baseUrl: 'https://painter.test',
      probe: { path: '/', modelsIn: () => [] },
    }),
};

const { account: _, ...withoutAccount } = REMOTE;

test('a sound registry has no problems, stock without a price included', () => {
  const stock: Entry = { ...REMOTE, name: 'stock', kind: 'stock', price: { kind: 'free' } };
  expect(registryProblems([LOCAL, REMOTE, stock])).toEqual([]);
});

test.each<[what: string, entry: Entry]>([
  ['is remote and has no price', { ...REMOTE, price: { kind: 'free' } }],
  ['is remote and has no account', withoutAccount],
  ['is remote and reads no setting', { ...REMOTE, settings: [] }],
  ['is local and costs money', { ...LOCAL, price: { kind: 'table', vendor: 'pen' } }],
  ['does not say what it gives', { ...LOCAL, gives: ' ' }],
  ['may not be called at all', { ...LOCAL, limits: { concurrentCalls: 0 } }],
  ['its name is not lower case words and "-"', { ...LOCAL, name: 'Pen' }],
])('an entry that %s is told', (what, entry) => {
  expect(registryProblems([entry])).toEqual([`visuals/${entry.name}: ${what}`]);
});

test('a name that stands twice is told', () => {
  expect(registryProblems([LOCAL, LOCAL])).toEqual(['visuals/pen: is listed twice']);
});
