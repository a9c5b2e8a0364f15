import { expect, test } from 'vitest';
import { ApplicationFailure } from '@temporalio/common';
import { CancelledFailure } from '@temporalio/workflow';
import type { FailureReport, Replacement, UnitName } from '@aura/proto';
import { UnitFailure } from './failures.js';
import { firstToAnswer } from './first-to-answer.js';

const place = { unit: 'narrateScene', sceneId: 's02', correlationId: 'c' } as const;

function walkOf(chain: string[], accounts: Record<string, string> = {}, isCapOfDay = false) {
  const replaced: Replacement[] = [];
  const refused = new Map<string, FailureReport>();
  const causes = new Map<string, FailureReport>();
  const asked: string[] = [];
  const answered: string[] = [];
  return {
    replaced,
    answered,
    asked,
    run: (
      answers: Record<string, unknown>,
      unit: UnitName = place.unit,
      sceneId: string = place.sceneId,
    ) =>
      firstToAnswer(
        {
          ...place,
          unit,
          sceneId,
          chain,
          refused,
          causes,
          isCapOfDay,
          isFinal: ({ code }) => code === 'BUDGET_EXCEEDED',
          accountOf: (provider) => accounts[provider] ?? '',
          onAnswered: (provider) => answered.push(provider),
          onReplaced: (one) => replaced.push(one),
        },
        async (provider) => {
          asked.push(provider);
          const answer = answers[provider];
          if (answer instanceof Error) throw answer;
          return answer;
        },
      ),
  };
}

function failing(code: string, fault: FailureReport['fault'] = 'provider'): Error {
  return ApplicationFailure.create({
    message: code,
    type: code,
    details: [{ code, message: `${code} was said`, fault, details: `details of ${code}` }],
  });
}

test('the first provider that answers does the work, and nobody is replaced by itself', async () => {
  const walk = walkOf(['a', 'b']);
  expect(await walk.run({ a: 'from a' })).toBe('from a');
  expect([walk.asked, walk.answered, walk.replaced]).toEqual([['a'], ['a'], []]);
});

test('the report names who was wanted, who answered, and what the wanted one said', async () => {
  const walk = walkOf(['a', 'b', 'c']);
  const answers = { a: failing('API_ERROR'), b: failing('NETWORK_TIMEOUT'), c: 'from c' };
  expect(await walk.run(answers)).toBe('from c');
  expect(walk.replaced).toEqual([
    {
      stage: 'voice',
      sceneId: 's02',
      unit: 'narrateScene',
      asked: 'a',
      used: 'c',
      code: 'API_ERROR',
      reason: 'API_ERROR was said (b: NETWORK_TIMEOUT)',
    },
  ]);
});

test('a rejected request and a broken machine are not shopped around', async () => {
  for (const fault of ['caller', 'machine', 'aura']) {
    const walk = walkOf(['a', 'b']);
    await expect(walk.run({ a: failing('X', fault) })).rejects.toBeInstanceOf(UnitFailure);
    expect(walk.asked).toEqual(['a']);
  }
});

test('what is final ends the walk, though it is the provider’s fault', async () => {
  const walk = walkOf(['a', 'b']);
  await expect(walk.run({ a: failing('BUDGET_EXCEEDED') })).rejects.toBeInstanceOf(UnitFailure);
  expect(walk.asked).toEqual(['a']);
});

test('a cancel is no reason to ask the next one', async () => {
  const walk = walkOf(['a', 'b']);
  const canceled = new CancelledFailure('canceled');
  await expect(walk.run({ a: canceled })).rejects.toBe(canceled);
  expect(walk.asked).toEqual(['a']);
});

test.each(['AUTH_FAILED', 'QUOTA_EXCEEDED'])(
  'after %s nobody asks with that credential again, and other credentials are asked as before',
  async (code) => {
    const walk = walkOf(['a', 'b', 'c'], { a: 'account 1', b: 'account 1', c: 'account 2' });
    expect(await walk.run({ a: failing(code), c: 'from c' })).toBe('from c');
    expect(await walk.run({ a: 'from a', c: 'from c' })).toBe('from c');
    expect(walk.asked).toEqual(['a', 'c', 'c']);
    expect(walk.replaced).toHaveLength(2);
    expect(walk.replaced[1]).toMatchObject({ asked: 'a', used: 'c', code, sceneId: 's02' });
  },
);

test('a key that may not do one kind of work is left alone for that kind only', async () => {
  const walk = walkOf(['a', 'b'], { a: 'account 1', b: 'account 2' });
  await walk.run({ a: failing('PERMISSION_DENIED'), b: 'from b' });
  expect(await walk.run({ b: 'from b' })).toBe('from b');
  expect(walk.asked).toEqual(['a', 'b', 'b']);
  expect(await walk.run({ a: 'from a' }, 'writeScript')).toBe('from a');
});

test('whoever is left alone is told with what it did first, and where', async () => {
  const walk = walkOf(['a', 'b'], { a: 'account 1', b: 'account 2' });
  await walk.run({ a: failing('AUTH_FAILED'), b: 'from b' }, 'narrateScene', 's01');
  await walk.run({ b: 'from b' }, 'narrateScene', 's02');
  expect(walk.replaced[1]).toMatchObject({
    code: 'AUTH_FAILED',
    sceneId: 's02',
    reason: 'At scene s01, and left alone from then on: AUTH_FAILED was said',
  });
});

test('a breaker that has opened meanwhile does not take the place of why it did', async () => {
  const walk = walkOf(['a', 'b']);
  await walk.run({ a: failing('CIRCUIT_OPEN'), b: 'from b' }, 'narrateScene', 's01');
  await walk.run({ a: failing('API_ERROR'), b: 'from b' }, 'measurePace', '');
  await walk.run({ a: failing('NETWORK_TIMEOUT'), b: 'from b' }, 'narrateScene', 's02');
  for (let again = 0; again < 2; again += 1) {
    await walk.run({ a: failing('CIRCUIT_OPEN'), b: 'from b' }, 'narrateScene', 's03');
  }
  const told = walk.replaced.map(({ sceneId, code, reason }) => [sceneId, code, reason]);
  const since = 'At the step script, and left alone from then on: API_ERROR was said';
  expect(told).toEqual([
    ['s01', 'CIRCUIT_OPEN', 'CIRCUIT_OPEN was said'],
    ['', 'API_ERROR', 'API_ERROR was said'],
    ['s02', 'NETWORK_TIMEOUT', 'NETWORK_TIMEOUT was said'],
    ['s03', 'API_ERROR', since],
    ['s03', 'API_ERROR', since],
  ]);
});

test('an open breaker is passed over, whatever else the provider was asked before', async () => {
  const walk = walkOf(['a', 'b']);
  for (const met of [failing('BUDGET_EXCEEDED'), failing('CONTENT', 'caller')]) {
    await walk.run({ a: met }).catch(() => undefined);
  }
  expect(await walk.run({ a: failing('CIRCUIT_OPEN'), b: 'from b' })).toBe('from b');
  expect(walk.replaced.at(-1)).toMatchObject({ asked: 'a', used: 'b', code: 'CIRCUIT_OPEN' });
});

test('another failure says nothing about the credential', async () => {
  const walk = walkOf(['a', 'b'], { a: 'account 1', b: 'account 2' });
  await walk.run({ a: failing('API_ERROR'), b: 'from b' });
  expect(await walk.run({ a: 'from a' })).toBe('from a');
});

test('where nobody answers the last one’s failure is thrown, and the others’ words are kept for operators', async () => {
  const walk = walkOf(['a', 'b']);
  const thrown: unknown = await walk
    .run({ a: failing('AUTH_FAILED'), b: failing('API_ERROR') })
    .catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(UnitFailure);
  const { report } = thrown as UnitFailure;
  expect(report).toMatchObject({ code: 'API_ERROR', stage: 'voice', sceneId: 's02' });
  expect(report.details).toBe('details of API_ERROR\na: AUTH_FAILED: AUTH_FAILED was said');
});

test('a failure says whose it is, and speaks of nobody else where nobody else was to be asked', async () => {
  const failureOf = async (chain: string[], code: string) => {
    const met = Object.fromEntries(chain.map((name) => [name, failing(code)]));
    const thrown: unknown = await walkOf(chain)
      .run(met)
      .catch((error: unknown) => error);
    return (thrown as UnitFailure).report;
  };
  const alone = await failureOf(['anthropic'], 'API_ERROR');
  expect(alone.message).toBe('anthropic: API_ERROR was said');
  expect(alone.remediation).toContain('Nobody but anthropic could be asked');
  expect((await failureOf(['a1', 'anthropic'], 'API_ERROR')).remediation).not.toContain('Nobody');
  expect((await failureOf(['said'], 'API_ERROR')).message).toBe('API_ERROR was said');
});

test('what the day’s budget does not hold is told as the day’s', async () => {
  const thrown: unknown = await walkOf(['a'], {}, true)
    .run({ a: failing('BUDGET_EXCEEDED') })
    .catch((error: unknown) => error);
  const { report } = thrown as UnitFailure;
  expect(report.message).toContain('budget of the day (AURA_DAY_BUDGET_USD)');
  expect(report.remediation).toContain('raise AURA_DAY_BUDGET_USD');
});

test('an empty chain says that nobody is configured', async () => {
  await expect(walkOf([]).run({})).rejects.toThrow('No provider is configured');
});
