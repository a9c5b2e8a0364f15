import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { PriceList } from '@aura/provider';
import { startVendor, type Vendor } from '@aura/vendors';
import { createVoiceActivities } from '../../create-voice-activities.js';
import { voiceProviders } from '../../provider-reports.js';
import { worstOnsetMs } from '../../testing/heard-onsets.js';
import { SCENE, voiceStage, type VoiceStage } from '../../testing/voice-stage.js';

let kokoro: Vendor;
let localai: Vendor;
let stage: VoiceStage;
beforeAll(async () => {
  kokoro = await startVendor('kokoro');
  localai = await startVendor('localai');
  stage = await voiceStage({ openAiCompatible: { url: `${kokoro.url}/v1` } });
});
afterEach(() => {
  kokoro.reset();
  localai.reset();
});
afterAll(async () => {
  await stage.close();
  await kokoro.close();
  await localai.close();
});

const provider = 'openai-compatible';
const speeches = (vendor: Vendor) =>
  vendor.requests().filter(({ path }) => path === '/v1/audio/speech');

test('Kokoro’s voices are found out, and each sentence is a call', async () => {
  const text = 'Bees dance. Their dance tells the others where the flowers are.';
  const { narration, timings } = await stage.narrate({ provider, text });
  expect(narration).toMatchObject({ provider, voice: 'af_heart', warnings: [] });
  expect(speeches(kokoro).map(({ json }) => json)).toEqual([
    { model: 'kokoro', input: 'Bees dance.', voice: 'af_heart', response_format: 'wav' },
    {
      model: 'kokoro',
      input: 'Their dance tells the others where the flowers are.',
      voice: 'af_heart',
      response_format: 'wav',
    },
  ]);
  expect(speeches(kokoro)[0]?.headers['authorization']).toBeUndefined();
  expect(timings.source).toBe('measured');
});

test('words are on time within 250 ms, measured in the sound', async () => {
  const text = 'Summer, river, lemon, narrow, ocean. Island, winner, salmon.';
  expect(worstOnsetMs(await stage.narrate({ provider, text }))).toBeLessThanOrEqual(250);
});

test('language, accent, sex and speed choose among what the server has', async () => {
  const delivery = { speed: 1.25, pauses: 0, pronunciations: [] };
  const asked = async (voiceId: string, language: string) =>
    (await stage.narrate({ provider, text: 'Hi.', voice: { voiceId, language, delivery } }))
      .narration.voice;
  expect(await asked('en-GB-narrator-m', '')).toBe('bm_george');
  expect(await asked('', 'fr')).toBe('ff_siwis');
  expect(await asked('am_puck', 'en-US')).toBe('am_puck');
  expect(speeches(kokoro)[0]?.json).toMatchObject({ speed: 1.25 });
  await expect(asked('', 'de')).rejects.toMatchObject({ code: 'VoiceUnavailable:de' });
});

test('another server speaks with the voice and the languages that are set, with its key', async () => {
  const own = await voiceStage({
    openAiCompatible: {
      url: `${localai.url}/v1`,
      apiKey: 'of-the-house',
      model: 'voice-en-us-amy-low',
      voice: 'alloy',
      languages: 'en,de',
    },
  });
  const { narration } = await own.narrate({ provider, text: 'Hi there.' });
  expect(narration.voice).toBe('alloy');
  expect(speeches(localai)[0]).toMatchObject({
    headers: { authorization: 'Bearer of-the-house' },
    json: { model: 'voice-en-us-amy-low', voice: 'alloy', input: 'Hi there.' },
  });
  const french = own.narrate({ provider, text: 'Hi.', voice: { voiceId: '', language: 'fr' } });
  await expect(french).rejects.toMatchObject({ code: 'VoiceUnavailable:fr' });
  const [report] = (await voiceProviders(own.services)).filter(({ name }) => name === provider);
  expect(report).toMatchObject({ usable: true, languages: ['en', 'de'] });
  await own.close();
});

test('reports say what the server speaks, or what to set', async () => {
  const reportOf = async (own: VoiceStage) =>
    (await voiceProviders(own.services)).find(({ name }) => name === provider);
  expect(await reportOf(stage)).toMatchObject({
    usable: true,
    languages: expect.arrayContaining(['en', 'fr', 'ja']),
    facts: { kind: 'speech', configured: true },
  });
  const unset = await voiceStage({ openAiCompatible: { url: `${localai.url}/v1` } });
  expect(await reportOf(unset)).toMatchObject({
    usable: false,
    reason: expect.stringContaining('set AURA_TTS_VOICE'),
  });
  await unset.close();
  const off = await voiceStage({ openAiCompatible: { url: 'http://127.0.0.1:9/v1' } });
  expect(await reportOf(off)).toMatchObject({
    usable: false,
    reason: expect.stringContaining('not running'),
  });
  await off.close();
});

/** The same server by an address that is not one of own machines. */
const elsewhere = () => kokoro.url.replace('127.0.0.1', '[::ffff:127.0.0.1]');
const CAPPED = { ...SCENE, provider, text: 'Bees dance.', job: { ...SCENE.job, capUsd: 1 } };

function pricedVoices({ services, store }: VoiceStage) {
  const price = { vendor: provider, model: 'kokoro', charactersPerMillion: 1_000 };
  const prices = new PriceList([{ ...price, source: 'this test', asOf: '2026-11-21' }]);
  return createVoiceActivities({ ...services, prices, store, ffprobePath: 'ffprobe' });
}

test('a server of somebody else’s is not asked under a cap, unless its price is known', async () => {
  const own = await voiceStage({ openAiCompatible: { url: `${elsewhere()}/v1` } });
  try {
    await expect(own.narrate(CAPPED)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(speeches(kokoro)).toEqual([]);
    const voices = pricedVoices(own);
    await voices.narrateScene(CAPPED);
    const { sureUsd } = await own.journal.spent(SCENE.job.videoId);
    expect(sureUsd).toBeCloseTo('Bees dance.'.length / 1_000, 8);
    await voices.narrateScene({ ...CAPPED, voice: { ...SCENE.voice, language: 'en-GB' } });
    const calls = await own.journal.calls(SCENE.job.videoId);
    expect(calls.map(({ end }) => end?.outcome)).toEqual(['answered', 'answered']);
  } finally {
    await own.close();
  }
});

test('a server of one’s own costs nothing and is asked under any cap', async () => {
  await stage.narrate({ ...CAPPED, text: 'Bees sing.', job: { ...SCENE.job, capUsd: 0 } });
  expect(await stage.journal.calls(SCENE.job.videoId)).toEqual([]);
});

test('one that hands on to somebody who is paid has a price, and is held by the cap like all others', async () => {
  const videoId = 'handed-on';
  const order = { ...CAPPED, text: 'Bees hum.', job: { ...SCENE.job, videoId, capUsd: 0 } };
  const voices = pricedVoices(stage);
  await expect(voices.narrateScene(order)).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  await voices.narrateScene({ ...order, job: { ...order.job, capUsd: 1 } });
  const { sureUsd } = await stage.journal.spent(videoId);
  expect(sureUsd).toBeCloseTo('Bees hum.'.length / 1_000, 8);
});
