import { expect, test } from 'vitest';
import { registryProblems } from '@aura/provider';
import { SETTINGS } from '@aura/config';
import { PROGRAMS } from '../testing/voices.js';
import { voiceProviders } from '../provider-reports.js';
import { voicesOf } from '../voices-of.js';
import { voiceProvidersOf } from './index.js';
import { VOICE_PROVIDERS } from './registry.js';

const NAMES = [
  'elevenlabs',
  'openai',
  'deepgram',
  'openai-compatible',
  'piper',
  'flite',
  'festival',
  'espeak-ng',
];

test('the registry is in order, the more natural voice first', () => {
  expect(registryProblems(VOICE_PROVIDERS as never)).toEqual([]);
  expect(VOICE_PROVIDERS.map(({ name }) => name)).toEqual(NAMES);
  for (const { settings } of VOICE_PROVIDERS) {
    for (const setting of settings) expect(Object.keys(SETTINGS)).toContain(setting);
  }
});

test('what is not set up is not asked, and what is missing is said', async () => {
  const reports = await voiceProviders({ ...PROGRAMS, festivalPath: '/nowhere/festival' });
  expect(reports.map(({ name }) => name)).toEqual(NAMES);
  expect(reports.map(({ usable, code = '', facts }) => [usable, code, facts?.configured])).toEqual([
    [false, 'MissingApiKey:ELEVENLABS_API_KEY', false],
    [false, 'MissingApiKey:OPENAI_API_KEY', false],
    [false, 'MissingApiKey:DEEPGRAM_API_KEY', false],
    [false, 'MissingApiKey:AURA_TTS_URL', false],
    [false, 'MissingApiKey:PIPER_URL', false],
    [true, '', true],
    [false, '', false],
    [true, '', true],
  ]);
  expect(reports[0]?.reason).toBe('ELEVENLABS_API_KEY is not set.');
});

test('an address that is none is named and stops nobody else', async () => {
  const services = { ...PROGRAMS, piper: { url: 'http://user:secret@127.0.0.1:5000' } };
  const reports = await voiceProviders(services);
  const piper = reports.find(({ name }) => name === 'piper');
  expect(piper).toMatchObject({ usable: false, code: 'INVALID_CONFIG' });
  expect(JSON.stringify(reports)).not.toContain('secret');
});

const CLOUD = voiceProvidersOf({
  ...PROGRAMS,
  elevenLabs: { apiKey: 'k' },
  openAi: { apiKey: 'k' },
});

test('logical voices of a language are listed with who speaks them', () => {
  const german = voicesOf(CLOUD, { language: 'de' });
  expect(german.map(({ id, provider, voice }) => [id, provider, voice])).toEqual([
    ['de-narrator-f', 'elevenlabs', 'Sarah'],
    ['de-narrator-m', 'elevenlabs', 'Brian'],
    ['de-narrator-f', 'openai', 'nova'],
    ['de-narrator-m', 'openai', 'onyx'],
    ['de-narrator-f', 'espeak-ng', 'gmw/de+f3'],
    ['de-narrator-m', 'espeak-ng', 'gmw/de'],
  ]);
  expect(german[0]).toMatchObject({
    language: 'de',
    gender: 'f',
    style: 'mature, reassuring',
    caveat: '',
  });
});

test('accents stand beside their language where somebody has them', () => {
  const british = voicesOf(CLOUD, { language: 'en' }).filter(
    ({ language }) => language === 'en-GB',
  );
  expect(british.map(({ provider, voice }) => [provider, voice])).toEqual([
    ['elevenlabs', 'Alice'],
    ['elevenlabs', 'George'],
    ['flite', 'awb'],
    ['espeak-ng', 'gmw/en+f3'],
    ['espeak-ng', 'gmw/en'],
  ]);
  // Asked for by its region, everybody who would speak is listed.
  const asked = voicesOf(CLOUD, { language: 'de-AT' });
  expect(asked.map(({ provider }) => provider)).toEqual(
    expect.arrayContaining(['openai', 'espeak-ng']),
  );
});

test('all languages are listed, only of providers that can be used, and every line can be asked for', () => {
  const local = voicesOf(CLOUD, { names: new Set(['flite', 'espeak-ng']) });
  expect(new Set(local.map(({ provider }) => provider))).toEqual(new Set(['flite', 'espeak-ng']));
  expect(new Set(local.map(({ language }) => language)).size).toBeGreaterThan(90);
  expect(voicesOf(CLOUD, { language: 'ar', names: new Set(['espeak-ng']) })[0]?.caveat).toContain(
    'vowels',
  );
  expect(voicesOf(CLOUD, { language: 'tlh' })).toEqual([]);
  expect(() => voicesOf(CLOUD, { language: 'no such' })).toThrow(/BCP 47/u);
  for (const { id, gender, language } of local) expect(id).toBe(`${language}-narrator-${gender}`);
});
