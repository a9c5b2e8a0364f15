import { afterAll, expect, test } from 'vitest';
import { startVendor, type Vendor } from '@aura/vendors';
import { voiceProviders } from '../../provider-reports.js';
import { worstOnsetMs } from '../../testing/heard-onsets.js';
import { voiceStage } from '../../testing/voice-stage.js';
import { piperVoices } from './piper-voices.js';

const open: Vendor[] = [];
afterAll(() => Promise.all(open.map((vendor) => vendor.close())));

async function piperStage(options: Parameters<typeof startVendor>[1] = {}) {
  const vendor = await startVendor('piper', options);
  open.push(vendor);
  return { vendor, stage: await voiceStage({ piper: { url: vendor.url } }) };
}

const provider = 'piper';
const spoken = (vendor: Vendor) => vendor.requests().filter(({ method }) => method === 'POST');

test.each([
  ['old', ['/', '/']],
  ['new', ['/', '/synthesize', '/synthesize']],
] as const)('servers of the %s release speak, a sentence a call', async (piperRelease, paths) => {
  const { vendor, stage } = await piperStage({ piperRelease });
  const { narration } = await stage.narrate({ provider, text: 'Bees dance. They tell the way.' });
  expect(narration).toMatchObject({ provider, warnings: [] });
  const requests = spoken(vendor);
  expect(requests.map(({ path }) => path)).toEqual(paths);
  expect(requests.at(-1)?.json).toEqual({ text: 'They tell the way.', voice: narration.voice });
  expect(requests.at(-1)?.headers['content-type']).toContain('application/json');
  await stage.close();
});

test('the server’s voices are found out; words are on time within 250 ms; speed is a length', async () => {
  const { vendor, stage } = await piperStage();
  const text = 'Summer, river, lemon, narrow, ocean. Island, winner, salmon.';
  expect(worstOnsetMs(await stage.narrate({ provider, text }))).toBeLessThanOrEqual(250);
  const delivery = { speed: 0.8, pauses: 0, pronunciations: [] };
  await stage.narrate({
    provider,
    text: 'Slow.',
    voice: { voiceId: '', language: 'en-US', delivery },
  });
  expect(spoken(vendor).at(-1)?.json).toMatchObject({ length_scale: 1.25 });
  const [report] = (await voiceProviders(stage.services)).filter(({ name }) => name === provider);
  expect(report).toMatchObject({ usable: true, facts: { remote: false, configured: true } });
  expect(report?.languages).toContain('en');
  const unknown = stage.narrate({ provider, text: 'Hi.', voice: { voiceId: '', language: 'yo' } });
  await expect(unknown).rejects.toMatchObject({ code: 'VoiceUnavailable:yo' });
  await stage.close();
});

test('a server that is not there is said to be away, not to lack a language', async () => {
  const { vendor, stage } = await piperStage();
  const away = await voiceStage({ piper: { url: 'http://127.0.0.1:9' } });
  await expect(away.narrate({ provider, text: 'Hi.' })).rejects.toMatchObject({
    code: 'TransientNetworkFailure',
    message: expect.stringContaining('not running'),
    entry: { retryable: true },
  });
  const [report] = (await voiceProviders(away.services)).filter(({ name }) => name === provider);
  expect(report).toMatchObject({ usable: false, facts: { configured: true } });
  await away.close();
  await stage.narrate({ provider, text: 'Here.' });
  await vendor.close();
  await expect(stage.narrate({ provider, text: 'Gone.' })).rejects.toMatchObject({
    code: 'TransientNetworkFailure',
  });
  await stage.close();
});

test('voices are understood by their names, the better quality first', () => {
  const names = [
    'en_US-lessac-low',
    'de_DE-thorsten-high',
    'en_US-lessac-medium',
    'my-voice',
    'en_GB-alan-medium',
  ];
  expect(piperVoices(names)).toEqual([
    { name: 'de_DE-thorsten-high', language: 'de-DE', gender: 'm' },
    { name: 'en_US-lessac-medium', language: 'en-US', gender: 'f' },
    { name: 'en_GB-alan-medium', language: 'en-GB', gender: 'm' },
    { name: 'en_US-lessac-low', language: 'en-US', gender: 'f' },
  ]);
});
