import { expect, test } from 'vitest';
import { publicCost } from './status.js';

test('what a job has cost is told to a millionth of a dollar, with nothing of binary fractions', () => {
  const line = { provider: 'openai', model: 'm', calls: 3, refused: 0, usd: 0.1 + 0.2 };
  const used = { inputTokens: 7, outputTokens: 0, characters: 0, pictures: 0, seconds: 0 };
  const startedAt = '2026-01-01T00:00:00.000Z';
  const unknown = { provider: 'openai', unitKey: 'k', worstUsd: 0.00022810000000000001, startedAt };
  const cost = { sureUsd: 0.1 + 0.2, possibleUsd: 1e-9, calls: 3, refused: 0, unknown: [unknown] };
  expect(publicCost({ ...cost, byProvider: [{ ...line, ...used }] })).toEqual({
    usd: 0.3,
    possibleUsd: 0,
    calls: 3,
    refused: 0,
    byProvider: [{ ...line, ...used, usd: 0.3 }],
    unknown: [{ provider: 'openai', worstUsd: 0.000228, startedAt }],
  });
});
