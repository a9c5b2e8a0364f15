import { expect, test } from 'vitest';
import type { ProviderReport, SpokenVoice, WorkerReport } from '@aura/proto';
import { logicalVoices } from './logical-voices.js';
import { voicesSchema } from './voices-schema.js';

const facts = {
  kind: 'speech',
  remote: false,
  configured: true,
  account: '',
  gives: '',
  models: [],
};
const voice = (name: string, gender: string, ...languages: string[]): SpokenVoice => {
  return { name, gender, style: '', caveat: '', languages };
};
const report = (name: string, usable: boolean, ...list: SpokenVoice[]): ProviderReport => {
  const known = { ...facts, voices: { list } };
  return { name, stage: 'voice', usable, reason: '', languages: [], facts: known };
};
const worker = (...providers: ProviderReport[]): WorkerReport => {
  return { workerId: 'w', stages: ['voice'], providers, checks: [] };
};
const cloud = report(
  'elevenlabs',
  false,
  voice('Sarah', 'f', 'en', 'de'),
  voice('Alice', 'f', 'en-GB'),
);
const local = report('espeak-ng', true, voice('gmw/de', 'm', 'de'), voice('gmw/de+f3', 'f', 'de'));
const workers = [worker(cloud, local)];
const idsOf = (query: object) => logicalVoices(workers, query).map(({ id }) => id);

test('voices are listed by language, women before men, with who speaks them in the chain’s order', () => {
  const voices = logicalVoices(workers, {});
  expect(voicesSchema.parse({ voices })).toEqual({ voices });
  expect(voices.map(({ id }) => id)).toEqual([
    'de-narrator-f',
    'de-narrator-m',
    'en-narrator-f',
    'en-GB-narrator-f',
  ]);
  const speakers = voices[0]?.speakers.map(({ provider, available }) => [provider, available]);
  expect(speakers).toEqual([
    ['elevenlabs', false],
    ['espeak-ng', true],
  ]);
});

test('a language is asked for with its accents, an unknown region as the language alone', () => {
  expect(idsOf({ language: 'en' })).toEqual(['en-narrator-f', 'en-GB-narrator-f']);
  expect(idsOf({ language: 'en-GB' })).toEqual(['en-GB-narrator-f']);
  expect(idsOf({ language: 'de-AT' })).toEqual(['de-narrator-f', 'de-narrator-m']);
  expect(idsOf({ language: 'tlh' })).toEqual([]);
});

test('one provider’s voices can be asked for; of several workers one that can use it counts', () => {
  expect(idsOf({ provider: 'espeak-ng' })).toEqual(['de-narrator-f', 'de-narrator-m']);
  const able = worker({ ...cloud, usable: true });
  const [first] = logicalVoices([...workers, able], { language: 'en' });
  expect(first?.speakers).toMatchObject([{ provider: 'elevenlabs', available: true }]);
});
