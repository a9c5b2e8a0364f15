import { expect, test } from 'vitest';
import {
  MOST_RETAKES,
  MOST_SCRIPTS,
  UNITS,
  type ProviderPrice,
  type ProviderReport,
} from '@aura/proto';
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

test('a minute is about 900 characters of speech and six pictures, title and end being drawn', () => {
  expect(likely(provider('voice', { charactersPerMillion: 1_000_000 }))[0]).toBeCloseTo(909, 0);
  expect(likely(provider('visuals', { perPicture: 1 }))).toEqual([6]);
  expect(likely(provider('visuals', { outputPerMillion: 10 }))[0]).toBeGreaterThan(0);
  expect(likely(provider('voice', { perSecond: 1 }))).toEqual([60]);
  const byTokens = likely(provider('voice', { inputPerMillion: 0.6, outputPerMillion: 12 }))[0];
  expect(byTokens).toBeCloseTo(0.015, 3);
});

test('a longer film and a longer brief cost more, and the worst case is never below the likely one', () => {
  const script = provider('script', { inputPerMillion: 1, outputPerMillion: 4 });
  const usd = (durationMs: number, briefCharacters: number) =>
    estimateCost({ durationMs, briefCharacters }, [script])[0]!;
  expect(usd(120_000, 100).likelyUsd).toBeGreaterThan(usd(60_000, 100).likelyUsd);
  expect(usd(60_000, 50_000).likelyUsd).toBeGreaterThan(usd(60_000, 100).likelyUsd);
  expect(usd(60_000, 100).worstUsd).toBeGreaterThan(usd(60_000, 100).likelyUsd);
});

test('the worst case holds every attempt, every take and both scripts', () => {
  const worst = (stage: string, price: Partial<ProviderPrice>) =>
    estimateCost(film, [provider(stage, price)])[0]!.worstUsd;
  const scripts = MOST_SCRIPTS;
  const takes = (MOST_RETAKES + 1) * (UNITS.illustrateScene.retries + 1);
  expect(worst('visuals', { perPicture: 1 })).toBe(scripts * takes * 8);
  const readings = UNITS.narrateScene.retries + 1;
  expect(worst('voice', { perSecond: 1 })).toBe(scripts * readings * 60);
  // Asked, and asked once more; of what is sent every byte counts as a token.
  const writings = 2 * (UNITS.writeScript.retries + 1);
  expect(worst('script', { inputPerMillion: 1_000_000 })).toBe(scripts * writings * (8_750 + 300));
});

test('a model elsewhere that nobody has named a price for is told as that, one of this machine is free', () => {
  const model = provider('script');
  const at = (changes: object) =>
    estimateCost(film, [{ ...model, facts: { ...model.facts!, ...changes } }])[0]?.isPriced;
  expect(at({ kind: 'language-model' })).toBe(false);
  expect(at({ kind: 'language-model', remote: false })).toBe(true);
  expect(at({ kind: 'stock' })).toBe(true);
  expect(estimateCost(film, [provider('script', { inputPerMillion: 1 })])[0]?.isPriced).toBe(true);
});

test('to be told how a script is built costs once more what is read of it', () => {
  const model = provider('script', { inputPerMillion: 1, outputPerMillion: 2 });
  const [plain] = estimateCost(film, [model]);
  const [looked] = estimateCost({ ...film, isAnalysed: true }, [model]);
  expect(looked!.likelyUsd).toBeGreaterThan(plain!.likelyUsd * 1.2);
  expect(looked!.likelyUsd).toBeLessThan(plain!.likelyUsd * 2.5);
  expect(looked!.worstUsd).toBeGreaterThan(looked!.likelyUsd);
});
