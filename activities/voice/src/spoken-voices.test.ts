import { expect, test } from 'vitest';
import { voiceProviders } from './provider-reports.js';
import { voiceProvidersOf } from './providers/index.js';
import { spokenVoices } from './spoken-voices.js';
import { PROGRAMS } from './testing/voices.js';

const services = { ...PROGRAMS, elevenLabs: { apiKey: 'k' } };
const named = (name: string) => voiceProvidersOf(services).find((one) => one.name === name)!;

test('each voice is told once, with all the languages and accents that it narrates', () => {
  const { list } = spokenVoices(named('elevenlabs'));
  expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
  const sarah = list.find(({ name }) => name === 'Sarah');
  expect(sarah).toMatchObject({ gender: 'f', style: 'mature, reassuring' });
  expect(sarah?.languages).toEqual(expect.arrayContaining(['en', 'de', 'ja']));
  expect(list.find(({ name }) => name === 'Alice')?.languages).toEqual(['en-GB']);
});

test('what is reported of all voices together stays small', async () => {
  const reports = await voiceProviders(PROGRAMS);
  const told = reports.map(({ facts }) => facts?.voices?.list.length ?? 0);
  expect(told.some((voices) => voices > 150)).toBe(true);
  expect(JSON.stringify(reports).length).toBeLessThan(64 * 1_024);
});

test('who is not set up speaks with nobody', () => {
  expect(spokenVoices(named('openai'))).toEqual({ list: [] });
});
