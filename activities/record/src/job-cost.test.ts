import { expect, test } from '@jest/globals';
import type { CallEnd, JournaledCall } from '@aura/provider';
import { costOfCalls } from './job-cost.js';

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
  expect(cost).toMatchObject({ possibleUsd: 1, calls: 5 });
  expect(cost.unknown).toHaveLength(2);
  expect(cost.byProvider).toMatchObject([{ provider: 'openai', calls: 5, inputTokens: 15 }]);
});

test('every provider and model has its own line', () => {
  const cost = costOfCalls([call({ costUsd: 1 }), call({ costUsd: 2 }, 'elevenlabs')]);
  expect(cost.byProvider.map(({ provider, usd }) => [provider, usd])).toEqual([
    ['openai', 1],
    ['elevenlabs', 2],
  ]);
});
