import { expect, test } from 'vitest';
import type { ProviderReport } from '@aura/proto';
import { budgeted } from './budgeted.js';

const film = { durationMs: 64_000, briefCharacters: 100 };
const price = {
  model: 'm',
  inputPerMillion: 0,
  outputPerMillion: 0,
  charactersPerMillion: 0,
  perPicture: 0,
  perSecond: 0,
  asOf: '2026-01-01',
};
const facts = {
  kind: 'picture-generator',
  remote: true,
  configured: true,
  account: '',
  gives: '',
  models: [],
};

/** Of 64 s six scenes are painted. */
function painter(name: string, perPicture?: number): ProviderReport {
  const told = perPicture === undefined ? facts : { ...facts, price: { ...price, perPicture } };
  return { name, stage: 'visuals', usable: true, reason: '', languages: [], facts: told };
}
const cards: ProviderReport = {
  ...painter('cards'),
  facts: { ...facts, kind: 'drawing', remote: false },
};

const of = (capUsd: number, chain: ProviderReport[], isStrict = false) =>
  budgeted(film, [chain], { capUsd, isStrict })[0]!;

test('a budget that holds all of it changes nothing', () => {
  const { shares, overdrafts } = of(6, [painter('dear', 1), cards]);
  expect(shares.map(({ provider, calls, likelyUsd }) => [provider, calls, likelyUsd])).toEqual([
    ['dear', 6, 6],
  ]);
  expect(overdrafts).toEqual([]);
});

test('what it does not hold is done by the next one whose calls it holds, and costs what that one costs', () => {
  const { shares, overdrafts } = of(3.5, [painter('dear', 1), painter('cheap', 0.2), cards]);
  expect(shares.map(({ provider, calls }) => [provider, calls])).toEqual([
    ['dear', 3],
    ['cheap', 2],
    ['cards', 1],
  ]);
  expect(shares.reduce((sum, { likelyUsd }) => sum + likelyUsd, 0)).toBeCloseTo(3.4);
  expect(overdrafts).toEqual([
    { provider: 'dear', calls: 3, callUsd: 1, instead: 'cheap' },
    { provider: 'cheap', calls: 1, callUsd: 0.2, instead: 'cards' },
  ]);
});

test('of nothing only those work who cost nothing; who has no price is not asked', () => {
  const { shares, overdrafts } = of(0, [painter('dear', 1), painter('unknown'), cards]);
  expect(shares).toMatchObject([{ provider: 'cards', calls: 6, likelyUsd: 0, worstUsd: 0 }]);
  expect(overdrafts).toEqual([
    { provider: 'dear', calls: 6, callUsd: 1, instead: 'cards' },
    { provider: 'unknown', calls: 6, callUsd: null, instead: 'cards' },
  ]);
});

test('without a budget the first makes all of it, whatever it costs', () => {
  for (const first of [painter('dear', 1), painter('unknown')]) {
    const { shares, overdrafts } = of(Infinity, [first, cards]);
    expect(shares).toMatchObject([{ provider: first.name, calls: 6 }]);
    expect(overdrafts).toEqual([]);
  }
});

test('where nobody may take their place the job fails, and the price is that of what was wanted', () => {
  for (const { shares, overdrafts } of [
    of(2.5, [painter('dear', 1)]),
    of(2.5, [painter('dear', 1), cards], true),
  ]) {
    expect(shares).toMatchObject([{ provider: 'dear', calls: 6, likelyUsd: 6 }]);
    expect(overdrafts).toEqual([{ provider: 'dear', calls: 4, callUsd: 1, instead: null }]);
  }
});

test('what an earlier stage usually takes is gone for the later one', () => {
  const chains = [[painter('dear', 1)], [painter('other', 1), cards]];
  const [, later] = budgeted(film, chains, { capUsd: 7, isStrict: false });
  expect(later!.shares).toMatchObject([
    { provider: 'other', calls: 1 },
    { provider: 'cards', calls: 5 },
  ]);
});

test('a film that brings all its pictures draws nothing from a budget, however dear they would be', () => {
  const brought = { ...film, pictures: 0 };
  const [stage] = budgeted(brought, [[painter('dear', 1), cards]], { capUsd: 5, isStrict: false });
  expect(stage!.shares).toEqual([{ provider: 'dear', calls: 0, likelyUsd: 0, worstUsd: 0 }]);
  expect(stage!.overdrafts).toEqual([]);
});
