import { expect, test } from '@jest/globals';
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
      },
      { ...usable, name: 'deepgram', stage: 'voice', facts },
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
    'options.providers.voice must be one of elevenlabs, openai, deepgram, flite.',
  );
});

test('who can, who may again in a moment, and who is not known to be unable is left to the job', () => {
  for (const voice of ['flite', 'deepgram', 'openai', 'auto']) {
    expect([voice, failureOf(voice)]).toEqual([voice, undefined]);
  }
  const order = orderFrom(
    generateRequest.parse({ brief: 'x', options: { providers: { voice: 'siri' } } }),
  );
  expect(unusableChoice(order, [])).toBeUndefined();
  expect(namesProviders(order)).toBe(true);
  expect(namesProviders(orderFrom(generateRequest.parse({ brief: 'x' })))).toBe(false);
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
