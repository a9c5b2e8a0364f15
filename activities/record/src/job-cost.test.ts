import { expect, test } from 'vitest';
import type { CallEnd, JournaledCall } from '@aura/provider';
import { costOfCalls, jobCost } from './job-cost.js';

const call = (end: Partial<CallEnd> | undefined, provider = 'openai'): JournaledCall => ({
  callId: 'c',
  videoId: 'v',
  unitKey: 'k',
  provider,
  vendor: provider,
  accountId: 'a',
  endpoint: 'chat',
  model: 'small',
  worstUsd: 0.5,
  startedAt: '2026-01-01T00:00:00.000Z',
  givesUpAt: '2026-01-01T00:02:00.000Z',
  reference: '',
  end: end && {
    outcome: 'answered',
    status: 200,
    code: '',
    usage: {},
    costUsd: 0,
    isEstimate: false,
    requestId: '',
    endedAt: '',
    ...end,
  },
});

test('what was billed is sure, what nobody knows is possible at its worst, and what was refused is free', () => {
  const cost = costOfCalls([
    call({ costUsd: 0.1, usage: { inputTokens: 10 } }),
    call({ costUsd: 0.2, usage: { inputTokens: 5 } }),
    call({ outcome: 'refused', status: 429 }),
    call({ outcome: 'unsent' }),
    call({ outcome: 'unknown' }),
    call(undefined),
  ]);
  expect(cost.sureUsd).toBeCloseTo(0.3);
  expect(cost).toMatchObject({ possibleUsd: 1, calls: 4, refused: 1 });
  expect(cost.unknown).toHaveLength(2);
  expect(cost.byProvider).toMatchObject([
    { provider: 'openai', calls: 4, refused: 1, inputTokens: 15 },
  ]);
});

test('every provider and model has its own line', () => {
  const cost = costOfCalls([call({ costUsd: 1 }), call({ costUsd: 2 }, 'elevenlabs')]);
  expect(cost.byProvider.map(({ provider, usd }) => [provider, usd])).toEqual([
    ['openai', 1],
    ['elevenlabs', 2],
  ]);
});

test('a journal that cannot be read, or is damaged, counts as all that was allowed', () => {
  const paid = call({ costUsd: 0.2 });
  const damaged: JournaledCall = { ...call(undefined), worstUsd: 0, isDamaged: true };
  expect(jobCost([], 2)).toMatchObject({ sureUsd: 0, possibleUsd: 0, calls: 0, refused: 0 });
  expect(jobCost(undefined, null)).toBeUndefined();
  expect(jobCost([paid], 2)).toMatchObject({ sureUsd: 0.2, possibleUsd: 0 });
  expect(jobCost(undefined, 2)).toMatchObject({ sureUsd: 0, possibleUsd: 2, calls: 0 });
  expect(jobCost([paid, damaged], 2)).toMatchObject({ sureUsd: 0.2, possibleUsd: 1.8 });
  expect(jobCost([paid, damaged], null)?.unknown).toHaveLength(1);
  expect(jobCost([paid, damaged], 0.1)?.possibleUsd).toBe(0);
});

test('what came to more than its worst case is summed up', () => {
  expect(costOfCalls([call({ costUsd: 0.9, overUsd: 0.4 }), call({})]).overUsd).toBe(0.4);
  expect(costOfCalls([call({})])).not.toHaveProperty('overUsd');
});
