import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { isUnknownCall } from '@aura/provider';
import { startVendor, type Vendor } from '@aura/vendors';
import { createVoiceActivities } from '../../create-voice-activities.js';
import { voiceProviders } from '../../provider-reports.js';
import { failingAt } from '../../testing/failing-program.js';
import { worstOnsetMs } from '../../testing/heard-onsets.js';
import { SCENE, voiceStage, type VoiceStage } from '../../testing/voice-stage.js';

let vendor: Vendor;
let stage: VoiceStage;
beforeAll(async () => {
  vendor = await startVendor('elevenlabs');
  stage = await voiceStage({ elevenLabs: { apiKey: vendor.key, baseUrl: vendor.url } });
});
afterEach(() => vendor.reset());
afterAll(async () => {
  await stage.close();
  await vendor.close();
});

const provider = 'elevenlabs';
const TEXT = 'Bees dance. Their dance tells the others where the flowers are, and how far.';

test('a scene is one call, exactly as the vendor’s reference has it', async () => {
  const { narration, timings } = await stage.narrate({ provider, text: TEXT });
  const [request, ...others] = vendor.requests();
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    method: 'POST',
    url: '/v1/text-to-speech/EXAVITQu4vr4xnSDxMaL/with-timestamps?output_format=mp3_44100_128',
    headers: { 'xi-api-key': vendor.key, 'content-type': 'application/json' },
    json: {
      text: TEXT,
      model_id: 'eleven_multilingual_v2',
      voice_settings: { stability: 0.5, similarity_boost: 0.75, style: 0, use_speaker_boost: true },
    },
  });
  expect(Object.keys(request?.json as object)).toEqual(['text', 'model_id', 'voice_settings']);
  expect(narration).toMatchObject({ provider, voice: 'Sarah', warnings: [] });
  expect(timings.words.map(({ text }) => text).join(' ')).toBe(TEXT);
});

test.each(['mp3_44100_128', 'pcm_24000'])(
  'words are on time within 80 ms in %s',
  async (outputFormat) => {
    const own = await voiceStage({
      elevenLabs: { apiKey: vendor.key, baseUrl: vendor.url, outputFormat },
    });
    const spoken = await own.narrate({
      provider,
      text: 'Summer, river, lemon, narrow, ocean. Island, winner, salmon.',
    });
    expect(spoken.timings.source).toBe('synthesiser');
    expect(worstOnsetMs(spoken)).toBeLessThanOrEqual(80);
    await own.close();
  },
);

test('what was spoken is paid for once, and stands in the journal by its characters', async () => {
  const text = 'This one is paid for once.';
  const job = { videoId: 'paid', run: 1, tenantId: 'default', correlationId: '' };
  const first = await stage.narrate({ provider, text, job });
  const again = await stage.narrate({ provider, text, job, sceneId: 's07' });
  expect(again.narration).toEqual(first.narration);
  const [call, ...others] = await stage.journal.calls('paid');
  expect(others).toEqual([]);
  expect(call).toMatchObject({
    provider,
    unitKey: first.narration.unitKey,
    model: 'eleven_multilingual_v2',
    end: { outcome: 'answered', usage: { characters: text.length }, isEstimate: false },
  });
  expect(call?.end?.costUsd).toBeCloseTo((text.length * 100) / 1e6, 9);
  expect(vendor.bill().entries.map(({ usage }) => usage['characters'])).toEqual([text.length]);
});

test('a failure after the call does not make it be paid for again', async () => {
  const text = 'Levelling fails once.';
  const broken = await voiceStage({ elevenLabs: { apiKey: vendor.key, baseUrl: vendor.url } });
  const scene = { provider, text };
  const failing = createVoiceActivities({
    ...broken.services,
    store: broken.store,
    // Decodes the reply, and fails when the narration is to be levelled.
    ffmpegPath: await failingAt(broken.root, 'joined.wav'),
    ffprobePath: 'ffprobe',
  });
  await expect(failing.narrateScene({ ...SCENE, ...scene })).rejects.toMatchObject({
    code: 'FFmpegFailedExitCode:1',
  });
  await broken.narrate(scene);
  expect(vendor.bill().accepted).toBe(1);
  await broken.close();
});

test('a call whose reply is lost stands in the journal as one that may have been billed', async () => {
  const job = { videoId: 'lost', run: 1, tenantId: 'default', correlationId: '' };
  vendor.faults([{ kind: 'lost-reply', calls: 1 }]);
  const order = { provider, text: 'Billed, and lost on the way.', job };
  await expect(stage.narrate(order)).rejects.toMatchObject({ entry: { retryable: true } });
  await stage.narrate(order);
  const unknown = (await stage.journal.calls('lost')).filter(isUnknownCall);
  const { sureUsd, possibleUsd } = await stage.journal.spent('lost');
  expect(unknown).toHaveLength(1);
  expect(vendor.bill().accepted).toBe(2);
  expect(possibleUsd).toBeCloseTo(sureUsd, 9);
});

test('speed is the vendor’s where it can, and done to the sound beyond', async () => {
  const text = 'The river was wide and slow on that day.';
  const spoken = async (speed: number) => {
    const delivery = { speed, pauses: 0, pronunciations: [] };
    const voice = { voiceId: '', language: 'en-US', delivery };
    const { narration } = await stage.narrate({ provider, text, voice });
    const { json } = vendor.requests().at(-1) ?? {};
    return { ms: narration.durationMs, own: (json as Body | undefined)?.voice_settings.speed };
  };
  const plain = await spoken(1);
  expect(plain.own).toBeUndefined();
  expect(await spoken(1.1)).toMatchObject({ own: 1.1 });
  const double = await spoken(2);
  expect(double.own).toBe(1.2);
  expect(double.ms / plain.ms).toBeLessThan(0.62);
  const delivery = { speed: 1.6, pauses: 0, pronunciations: [] };
  const voice = { voiceId: '', language: 'en-US', delivery };
  const quick = await stage.narrate({ provider, text: 'Summer, river, lemon. Ocean.', voice });
  expect(worstOnsetMs(quick, 30)).toBeLessThanOrEqual(80);
});

interface Body {
  voice_settings: { speed?: number };
}

test('own and default voices, accents and models', async () => {
  const asked = async (voiceId: string, language: string) => {
    const { narration } = await stage.narrate({
      provider,
      text: 'Hi there.',
      voice: { voiceId, language },
    });
    const path = vendor.requests().at(-1)?.path.split('/')[3];
    return [path, narration.voice, ...narration.warnings.map(({ code }) => code)];
  };
  expect(await asked('George', 'en-US')).toEqual(['JBFqnCBsd6RMkjVDRZzb', 'George']);
  expect(await asked('en-GB-narrator-m', '')).toEqual(['JBFqnCBsd6RMkjVDRZzb', 'George']);
  expect(await asked('21m00Tcm4TlvDq8ikWAM', 'en-US')).toEqual([
    '21m00Tcm4TlvDq8ikWAM',
    '21m00Tcm4TlvDq8ikWAM',
  ]);
  // Not of this account: the vendor says so, and the chain moves on.
  await expect(asked('A'.repeat(20), 'en-US')).rejects.toMatchObject({
    code: 'RESOURCE_NOT_FOUND',
  });
  await expect(asked('', 'yo')).rejects.toMatchObject({ code: 'VoiceUnavailable:yo' });
});

test('newer models are told the language', async () => {
  const model = 'eleven_flash_v2_5';
  const own = await voiceStage({ elevenLabs: { apiKey: vendor.key, baseUrl: vendor.url, model } });
  await own.narrate({
    provider,
    text: 'Das Jahr 1984.',
    voice: { voiceId: '', language: 'de-AT' },
  });
  expect(vendor.requests()[0]?.json).toMatchObject({ model_id: model, language_code: 'de' });
  await own.close();
});

test('when the credits are used up, that is what is said', async () => {
  const poor = await startVendor('elevenlabs', { charactersLeft: 3 });
  const own = await voiceStage({ elevenLabs: { apiKey: poor.key, baseUrl: poor.url } });
  await expect(own.narrate({ provider, text: TEXT })).rejects.toMatchObject({
    code: 'QUOTA_EXCEEDED',
    entry: { retryable: false, fault: 'provider' },
  });
  expect((await own.journal.calls('v1'))[0]?.end).toMatchObject({ outcome: 'refused', costUsd: 0 });
  await own.close();
  await poor.close();
});

test('the pace is measured once with a short text of Aura’s own, whatever the brief', async () => {
  const pace = await stage.measure({
    provider,
    sample: 'A brief of one’s own that is not spoken.',
  });
  expect(await stage.measure({ provider, sample: 'Another brief.' })).toEqual(pace);
  expect(vendor.bill().accepted).toBe(1);
  expect(vendor.bill().entries[0]?.usage['characters']).toBeLessThanOrEqual(330);
  expect(pace.msPerCharacter).toBeGreaterThan(20);
});

test('a key that may speak but not list models is used', async () => {
  const detail = { status: 'missing_permissions', message: 'The API key is missing models_read.' };
  const server = createServer((_, response) => {
    response.writeHead(401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ detail }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const own = await voiceStage({
    elevenLabs: { apiKey: vendor.key, baseUrl: `http://127.0.0.1:${port}` },
  });
  const [report] = (await voiceProviders(own.services)).filter(({ name }) => name === provider);
  expect(report).toMatchObject({ usable: true });
  await expect(own.narrate({ provider, text: 'Not allowed.' })).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
  });
  await own.close();
  server.closeAllConnections();
  server.close();
});

test('reports say how it is and what it costs; a wrong key is seen before any film', async () => {
  const [report] = (await voiceProviders(stage.services)).filter(({ name }) => name === provider);
  expect(report).toMatchObject({
    usable: true,
    languages: expect.arrayContaining(['en', 'de', 'ja']),
    facts: { kind: 'speech', configured: true },
    health: { breaker: 'closed' },
  });
  expect(vendor.requests().filter(({ method }) => method === 'POST')).toEqual([]);
  const wrong = await voiceStage({ elevenLabs: { apiKey: 'wrong', baseUrl: vendor.url } });
  const [refused] = (await voiceProviders(wrong.services)).filter(({ name }) => name === provider);
  expect(refused).toMatchObject({ usable: false, code: 'AUTH_FAILED' });
  expect(refused?.reason).toContain('Invalid API key');
  await wrong.close();
});
