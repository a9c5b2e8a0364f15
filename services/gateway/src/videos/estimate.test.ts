import { expect, test } from '@jest/globals';
import type { ProviderReport } from '@aura/proto';
import { worker } from '../testing/worker-report.js';
import { estimateOf, estimateSchema } from './estimate.js';

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
  expect(estimate.worstUsd).toBeGreaterThanOrEqual(estimate.likelyUsd);
  expect([estimate.capUsd, estimate.holds]).toEqual([2, true]);
  expect(estimateOf({ ...request, options: { budgetUsd: 0 } }, workers).holds).toBe(false);
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
