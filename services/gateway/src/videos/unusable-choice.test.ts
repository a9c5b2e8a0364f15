import { expect, test } from 'vitest';
import { worker } from '../testing/worker-report.js';
import { generateRequest } from './generate-request.js';
import { orderFrom } from './order.js';
import { namesProviders, unusableChoice } from './unusable-choice.js';

const usable = { usable: true, reason: '', languages: [] };
const facts = {
  kind: 'speech',
  remote: true,
  configured: false,
  account: '',
  gives: '',
  models: [],
};
const film = { durationMs: 60_000, briefCharacters: 100 };
const price = {
  model: 'm',
  inputPerMillion: 0,
  outputPerMillion: 0,
  charactersPerMillion: 100,
  perPicture: 0,
  perSecond: 0,
  asOf: '2026-01-01',
};

const workers = [
  worker({
    providers: [
      { ...usable, name: 'rule-based', stage: 'script' },
      {
        ...usable,
        name: 'elevenlabs',
        stage: 'voice',
        usable: false,
        reason: 'ELEVENLABS_API_KEY is not set.',
        code: 'MissingApiKey:ELEVENLABS_API_KEY',
        facts,
      },
      {
        ...usable,
        name: 'openai',
        stage: 'voice',
        usable: false,
        reason: 'x',
        code: 'CIRCUIT_OPEN',
        health: {
          breaker: 'open',
          calls: 5,
          failures: 5,
          lastError: 'API_ERROR',
          lastErrorAt: '2026-01-01T00:00:00.000Z',
          trialAt: '2026-01-01T00:00:50.000Z',
        },
      },
      {
        ...usable,
        name: 'late',
        stage: 'voice',
        usable: false,
        reason: 'It does not answer.',
        code: 'TransientNetworkFailure',
      },
      { ...usable, name: 'deepgram', stage: 'voice', facts },
      { ...usable, name: 'paid', stage: 'voice', facts: { ...facts, price } },
      { ...usable, name: 'flite', stage: 'voice', languages: ['en'] },
      { ...usable, name: 'cards', stage: 'visuals' },
    ],
  }),
];

function failureOf(voice: string, options: object = {}): string | undefined {
  const body = { brief: 'x', options: { providers: { voice }, ...options } };
  return unusableChoice(orderFrom(generateRequest.parse(body)), workers)?.message;
}

test('who is known to be unable is told at once, with the reason', () => {
  expect(failureOf('elevenlabs')).toBe(
    'options.providers.voice cannot be elevenlabs now: ELEVENLABS_API_KEY is not set.',
  );
  expect(failureOf('flite', { language: 'de-DE' })).toMatch(/does not speak de-DE/);
  expect(failureOf('deepgram', { offline: true })).toMatch(/works elsewhere/);
  expect(failureOf('siri')).toBe(
    'options.providers.voice must be one of elevenlabs, openai, late, deepgram, paid, flite.',
  );
});

test('who can, who may again in a moment, and who is not known to be unable is left to the job', () => {
  for (const voice of ['flite', 'deepgram', 'late', 'auto']) {
    expect([voice, failureOf(voice)]).toEqual([voice, undefined]);
  }
  const order = orderFrom(
    generateRequest.parse({ brief: 'x', options: { providers: { voice: 'siri' } } }),
  );
  expect(unusableChoice(order, [])).toBeUndefined();
  expect(namesProviders(order)).toBe(true);
  expect(namesProviders(orderFrom(generateRequest.parse({ brief: 'x' })))).toBe(false);
});

function failureWith(voice: string, capUsd: number | undefined) {
  const body = { brief: 'x', options: { providers: { voice } } };
  const order = orderFrom(generateRequest.parse(body));
  return unusableChoice(order, workers, { film, capUsd }, Date.parse('2026-01-01T00:00:10Z'));
}

test('who is named and left alone for the moment is refused, with the time until it is asked again', () => {
  const failure = failureWith('openai', undefined);
  expect(failure).toMatchObject({ code: 'CIRCUIT_OPEN', entry: { status: 503 } });
  // 40 s until a trial may be made, and 15 s until the workers have said so.
  expect(failure?.retryAfterMs).toBe(55_000);
});

test('who is named and of whom the budget holds not one call is refused, and whom it may hold is not', () => {
  const failure = failureWith('paid', 0);
  expect(failure).toMatchObject({
    code: 'InvalidInput:options.providers.voice',
    message:
      'options.providers.voice cannot be paid with a budget of 0 USD: one call reserves 0.002 USD at least.',
    remediation: expect.stringContaining('Raise options.budgetUsd'),
    fields: [{ field: 'options.providers.voice' }],
  });
  expect(failureWith('paid', 0.0001)?.message).toContain('a budget of 0.0001 USD');
  expect(failureWith('paid', 0.01)).toBeUndefined();
  expect(failureWith('paid', undefined)).toBeUndefined();
  expect(failureWith('flite', 0)).toBeUndefined();
  // Works elsewhere, may charge, and nobody has said what.
  expect(failureWith('deepgram', 5)?.message).toContain('what it costs is not known');
});

test('who is named and of whom the day holds not one call more is refused with the name of that setting', () => {
  const body = { brief: 'x', options: { providers: { voice: 'paid' } } };
  const order = orderFrom(generateRequest.parse(body));
  const withLeft = (dayLeftUsd: number, capUsd?: number) =>
    unusableChoice(order, workers, { film, capUsd, dayLeftUsd });
  expect(withLeft(0, 5)).toMatchObject({
    code: 'InvalidInput:options.providers.voice',
    message:
      'options.providers.voice cannot be paid today: the budget of the day (AURA_DAY_BUDGET_USD) has 0 USD left, and one call reserves 0.002 USD at least.',
    remediation: expect.stringContaining('raise AURA_DAY_BUDGET_USD'),
  });
  expect(withLeft(1)).toBeUndefined();
});

test('own pictures alone are refused where a scene brings none', () => {
  const options = { providers: { visuals: 'own-media' } };
  const assetId = '01a1ff2d-4456-77b6-95bc-cd7b02250dd8';
  const scenesOf = (...scenes: object[]) => ({ script: { scenes }, options });
  const [own, bare] = [{ narration: 'Bees.', assetId }, { narration: 'Bees.' }];
  expect(generateRequest.safeParse(scenesOf(own)).success).toBe(true);
  for (const body of [{ brief: 'Bees', options }, scenesOf(own, bare)]) {
    const [issue] = generateRequest.safeParse(body).error?.issues ?? [];
    expect(issue?.path).toEqual(['options', 'providers', 'visuals']);
  }
});
