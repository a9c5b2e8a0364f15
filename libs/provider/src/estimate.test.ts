import { expect, test } from '@jest/globals';
import type { ProviderPrice, ProviderReport } from '@aura/proto';
import { estimateCost } from './estimate.js';

const film = { durationMs: 60_000, briefCharacters: 100 };
const free: ProviderPrice = {
  model: 'm',
  inputPerMillion: 0,
  outputPerMillion: 0,
  charactersPerMillion: 0,
  perPicture: 0,
  perSecond: 0,
  asOf: '2026-01-01',
};

function provider(stage: string, price?: Partial<ProviderPrice>): ProviderReport {
  const about = { kind: '', remote: true, configured: true, account: '', gives: '', models: [] };
  const facts = price ? { ...about, price: { ...free, ...price } } : about;
  return { name: 'p', stage, usable: true, reason: '', languages: [], facts };
}

const likely = (...providers: ProviderReport[]) =>
  estimateCost(film, providers).map(({ likelyUsd }) => likelyUsd);

test('what has no price costs nothing', () => {
  expect(likely(provider('script'), provider('voice'), provider('visuals'))).toEqual([0, 0, 0]);
});

test('a minute is about 900 characters of speech and eight pictures', () => {
  expect(likely(provider('voice', { charactersPerMillion: 1_000_000 }))[0]).toBeCloseTo(909, 0);
  expect(likely(provider('visuals', { perPicture: 1 }))).toEqual([8]);
  expect(likely(provider('visuals', { outputPerMillion: 10 }))[0]).toBeGreaterThan(0);
  expect(likely(provider('voice', { perSecond: 1 }))).toEqual([60]);
});

test('a longer film and a longer brief cost more, and the worst case is never below the likely one', () => {
  const script = provider('script', { inputPerMillion: 1, outputPerMillion: 4 });
  const usd = (durationMs: number, briefCharacters: number) =>
    estimateCost({ durationMs, briefCharacters }, [script])[0]!;
  expect(usd(120_000, 100).likelyUsd).toBeGreaterThan(usd(60_000, 100).likelyUsd);
  expect(usd(60_000, 50_000).likelyUsd).toBeGreaterThan(usd(60_000, 100).likelyUsd);
  expect(usd(60_000, 100).worstUsd).toBeGreaterThan(usd(60_000, 100).likelyUsd);
});
