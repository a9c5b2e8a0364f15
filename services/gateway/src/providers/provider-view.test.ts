import { expect, test } from 'vitest';
import type { ProviderHealth, ProviderReport, WorkerReport } from '@aura/proto';
import { providerViews } from './provider-view.js';
import { providersSchema } from './providers-schema.js';

const facts = {
  kind: 'speech',
  remote: true,
  configured: true,
  account: 'elevenlabs@api#1',
  gives: 'Natural voices',
  models: ['multilingual'],
};
const report = (changes: Partial<ProviderReport> = {}): ProviderReport => ({
  name: 'elevenlabs',
  stage: 'voice',
  usable: true,
  reason: '',
  languages: [],
  facts,
  ...changes,
});
const worker = (...providers: ProviderReport[]): WorkerReport => {
  return { workerId: 'w', stages: ['voice'], providers, checks: [] };
};
const health = (changes: Partial<ProviderHealth>): ProviderHealth => {
  return { breaker: 'closed', calls: 0, failures: 0, lastError: '', lastErrorAt: '', ...changes };
};
const down = report({ usable: false, reason: 'The breaker is open.', code: 'CIRCUIT_OPEN' });

test('a provider that one of several workers can use is available, without the other’s reason', () => {
  const [view, ...others] = providerViews([worker(down), worker(report())]);
  expect(others).toEqual([]);
  expect(view).toMatchObject({ status: 'available', code: null, reason: null, workers: 1 });
  expect(providersSchema.parse({ providers: [view] })).toEqual({ providers: [view] });
});

test('what is configured and down is unavailable; what nobody has set up is not configured', () => {
  expect(providerViews([worker(down)])[0]).toMatchObject({
    status: 'unavailable',
    code: 'CIRCUIT_OPEN',
    reason: 'The breaker is open.',
  });
  const unset = { ...down, facts: { ...facts, configured: false } };
  expect(providerViews([worker(unset)])[0]?.status).toBe('not-configured');
});

test('counts are added up over workers, the newest error and the worst breaker are told', () => {
  const views = providerViews([
    worker(report({ health: health({ calls: 6, failures: 1 }) })),
    worker(
      report({
        health: health({
          breaker: 'open',
          calls: 2,
          failures: 1,
          lastError: 'API_ERROR',
          lastErrorAt: '2026-01-02T03:04:05.000Z',
        }),
      }),
    ),
  ]);
  expect(views[0]).toMatchObject({
    calls: 8,
    failures: 2,
    errorRate: 0.25,
    breaker: 'open',
    lastError: { code: 'API_ERROR', at: '2026-01-02T03:04:05.000Z' },
  });
  expect(providerViews([worker(report())])[0]?.errorRate).toBeNull();
});

test('the same name in two stages is two providers, and the account’s name stays inside', () => {
  const views = providerViews([worker(report(), report({ stage: 'script' }))]);
  expect(views.map(({ stage }) => stage)).toEqual(['Voice', 'Script']);
  expect(views.map(({ alsoAt }) => alsoAt)).toEqual([['Script'], ['Voice']]);
  expect(JSON.stringify(views)).not.toContain(facts.account);
});
