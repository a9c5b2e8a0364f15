import { expect, test } from 'vitest';
import type { ProviderReport } from '@aura/proto';
import { worker } from '../testing/worker-report.js';
import { estimateSchema } from './estimate-schema.js';
import { estimateOf } from './estimate.js';

const elevenlabs = {
  name: 'elevenlabs',
  stage: 'voice',
  usable: true,
  reason: '',
  languages: [],
  facts: {
    kind: 'speech',
    remote: true,
    configured: true,
    account: 'a',
    gives: '',
    models: [],
    price: {
      model: 'm',
      inputPerMillion: 0,
      outputPerMillion: 0,
      charactersPerMillion: 100,
      perPicture: 0,
      perSecond: 0,
      asOf: '2026-01-01',
    },
  },
} satisfies ProviderReport;
const workers = [worker({ providers: [elevenlabs, ...worker().providers] })];
const request = { brief: 'Why the sea is salty', durationMinutes: 1 };

test('an estimate names who would work, who would take their place, and what it costs', () => {
  const estimate = estimateOf({ ...request, options: { budgetUsd: 2 } }, workers);
  expect(estimateSchema.parse(estimate)).toEqual(estimate);
  expect(estimate.stages.map(({ provider }) => provider)).toEqual(['rules', 'elevenlabs', 'cards']);
  expect(estimate.stages[1]?.instead).toEqual(['flite']);
  expect(estimate.likelyUsd).toBeCloseTo(0.09, 2);
  expect(estimate.likelyUsd).toBe(Number(estimate.likelyUsd.toFixed(6)));
  expect(estimate.worstUsd).toBeGreaterThanOrEqual(estimate.likelyUsd);
  expect([estimate.capUsd, estimate.holds, estimate.reason]).toEqual([2, true, null]);
});

test('an estimate is that of the length which the brief asks for, and says it', () => {
  const brief = 'Create a 2 minute video about why the sea is salty';
  const estimate = estimateOf({ brief }, workers);
  expect(estimate.targetSeconds).toBe(120);
  expect(estimate).toEqual(estimateOf({ brief, durationMinutes: 2 }, workers));
});

test('of what the budget does not hold, those are told and priced who would make it instead', () => {
  const estimate = estimateOf({ ...request, options: { budgetUsd: 0 } }, workers);
  expect(estimateSchema.parse(estimate)).toEqual(estimate);
  expect(estimate).toMatchObject({ likelyUsd: 0, worstUsd: 0, holds: false, capUsd: 0 });
  const [, voice] = estimate.stages;
  expect([voice?.provider, voice?.instead]).toEqual(['flite', []]);
  expect(voice?.overBudget).toMatchObject([{ provider: 'elevenlabs', calls: 8, instead: 'flite' }]);
  expect(estimate.reason).toBe(
    'Voice: the budget does not hold about 8 of elevenlabs’s calls (0.01 USD each at most), and flite makes them instead.',
  );
  // The half of it is spoken by each.
  const half = estimateOf({ ...request, options: { budgetUsd: 0.05 } }, workers).stages[1]!;
  expect([half.provider, half.instead]).toEqual(['elevenlabs', ['flite']]);
  expect(half.overBudget).toMatchObject([{ provider: 'elevenlabs', calls: 4, instead: 'flite' }]);
  expect(half.likelyUsd).toBeLessThanOrEqual(0.05);
});

test('a budget that fails the job says so, and the price is that of who is wanted', () => {
  const options = { budgetUsd: 0, overBudget: 'fail' } as const;
  const estimate = estimateOf({ ...request, options }, workers);
  expect(estimate.likelyUsd).toBeCloseTo(0.09, 2);
  expect(estimate.fails).toMatchObject({ stage: 'Voice', provider: 'elevenlabs' });
  expect([estimate.holds, estimate.reason]).toEqual([
    false,
    'Voice: the budget does not hold about 8 of elevenlabs’s calls (0.01 USD each at most), and the job fails.',
  ]);
});

test('where the budget holds what is usual and not the worst case, that is said; a job without one has the installation’s', () => {
  const tight = estimateOf(request, workers, { jobBudgetUsd: 0.12 });
  expect([tight.capUsd, tight.holds, tight.worstUsd]).toEqual([0.12, false, 0.12]);
  expect(tight.reason).toMatch(/^It usually comes to less than 0\.12 USD/);
  expect(estimateOf(request, workers)).toMatchObject({ holds: null, reason: null, capUsd: null });
});

test('what the day has left limits a film as its own cap does, and is told as the day’s', () => {
  const estimate = estimateOf(request, workers, { jobBudgetUsd: 5, dayLeftUsd: 0 });
  expect(estimateSchema.parse(estimate)).toEqual(estimate);
  expect(estimate).toMatchObject({ capUsd: 5, dayLeftUsd: 0, holds: false, fails: null });
  expect([estimate.likelyUsd, estimate.worstUsd]).toEqual([0, 0]);
  expect(estimate.reason).toMatch(
    /^Voice: the budget of the day \(AURA_DAY_BUDGET_USD, 0 USD left\) does not hold/,
  );
  expect(estimateOf(request, workers, { dayLeftUsd: 99 })).toMatchObject({ holds: true });
  const capped = { ...request, options: { budgetUsd: 0 } };
  expect(estimateOf(capped, workers, { dayLeftUsd: 99 }).reason).toMatch(/^Voice: the budget does/);
});

test('offline costs nothing, and where nobody works nobody is named', () => {
  expect(estimateOf({ ...request, options: { offline: true } }, workers).worstUsd).toBe(0);
  const nobody = estimateOf(request, []);
  expect(nobody.stages.map(({ provider }) => provider)).toEqual([null, null, null]);
});

test('of a film whose scenes are there, only what has to be made is counted', () => {
  const { facts } = elevenlabs;
  const price = { ...facts.price, perPicture: 0.1 };
  const painter = { ...elevenlabs, stage: 'visuals', name: 'painter', facts: { ...facts, price } };
  const painters = [worker({ providers: [elevenlabs, painter, ...worker().providers] })];
  const costs = (own: object) => estimateOf(own, painters).stages.map(({ likelyUsd }) => likelyUsd);
  const still = { frames: 900, colour: '#000000' };
  const silent = costs({ timeline: { visuals: [still, { frames: 30, prompt: 'A hive' }] } });
  expect(silent).toEqual([0, 0, 0.1]);
  const narration = [{ start: 0, text: 'Bees fly.' }];
  const [, spoken] = costs({ timeline: { visuals: [still], narration } });
  expect(spoken).toBeCloseTo(0.0009, 6);
  const scenes = Array.from({ length: 12 }, () => ({ narration: 'Bees.' }));
  const assetId = '01a1ff2d-4456-77b6-95bc-cd7b02250dd8';
  expect(costs({ script: { scenes: [...scenes, { narration: 'Out.', assetId }] } })[2]).toBeCloseTo(
    1.2,
  );
});
