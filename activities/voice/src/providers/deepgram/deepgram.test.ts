import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startVendor, type Vendor } from '@aura/vendors';
import { worstOnsetMs } from '../../testing/heard-onsets.js';
import { voiceStage, type VoiceStage } from '../../testing/voice-stage.js';

let vendor: Vendor;
let stage: VoiceStage;
beforeAll(async () => {
  vendor = await startVendor('deepgram');
  stage = await voiceStage({ deepgram: { apiKey: vendor.key, baseUrl: vendor.url } });
});
afterEach(() => vendor.reset());
afterAll(async () => {
  await stage.close();
  await vendor.close();
});

const provider = 'deepgram';
const TEXT = 'Bees dance. Their dance tells the others where the flowers are, and how far.';

test('a scene is one call, exactly as the vendor’s reference has it', async () => {
  const { narration, timings } = await stage.narrate({ provider, text: TEXT });
  const [request, ...others] = vendor.requests();
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    method: 'POST',
    path: '/v1/speak',
    query: {
      model: 'aura-2-thalia-en',
      encoding: 'linear16',
      container: 'wav',
      sample_rate: '24000',
    },
    headers: { authorization: `Token ${vendor.key}`, 'content-type': 'application/json' },
    json: { text: TEXT },
  });
  expect(narration).toMatchObject({ provider, voice: 'thalia', warnings: [] });
  expect(timings.source).toBe('measured');
  expect(timings.words.map(({ text }) => text).join(' ')).toBe(TEXT);
});

test('words are on time within 250 ms, measured in the sound', async () => {
  const text = 'Summer, river, lemon, narrow, ocean. Island, winner, salmon. Mirror, yellow.';
  expect(worstOnsetMs(await stage.narrate({ provider, text }))).toBeLessThanOrEqual(250);
});

test('the ledger has the characters that the vendor has counted', async () => {
  await stage.narrate({ provider, text: 'Counted, word by word.' });
  const [billed] = vendor.bill().entries;
  const calls = await stage.journal.calls('v1');
  expect(calls.at(-1)?.end?.usage).toEqual(billed?.usage);
  expect(billed?.usage).toEqual({ characters: 'Counted, word by word.'.length });
});

test('language, accent and sex choose the voice; one by its own name wins', async () => {
  const asked = async (voiceId: string, language: string) =>
    (await stage.narrate({ provider, text: 'Hi.', voice: { voiceId, language } })).narration.voice;
  expect(await asked('en-GB-narrator-m', '')).toBe('draco');
  expect(await asked('de-narrator-m', 'de')).toBe('julius');
  expect(await asked('fabian', 'de')).toBe('fabian');
  expect(await asked('es-MX-narrator-f', 'es-MX')).toBe('olivia');
  await expect(asked('', 'pl')).rejects.toMatchObject({ code: 'VoiceUnavailable:pl' });
});

test('a voice that the account lacks is told as missing', async () => {
  vendor.faults([{ kind: 'model-missing' }]);
  await expect(stage.narrate({ provider, text: 'Nobody.' })).rejects.toMatchObject({
    code: 'RESOURCE_NOT_FOUND',
    message: 'Deepgram has no voice aura-2-thalia-en.',
  });
});
