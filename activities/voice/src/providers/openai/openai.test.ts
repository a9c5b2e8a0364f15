import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startVendor, type Vendor } from '@aura/vendors';
import { narrateScene } from '../../narrate-scene.js';
import { worstSpeech } from '../remote/worst-speech.js';
import { voiceProvidersOf } from '../index.js';
import { worstOnsetMs } from '../../testing/heard-onsets.js';
import { SCENE, voiceStage, type VoiceStage } from '../../testing/voice-stage.js';

let vendor: Vendor;
let stage: VoiceStage;
beforeAll(async () => {
  vendor = await startVendor('openai');
  stage = await voiceStage({ openAi: { apiKey: vendor.key, baseUrl: `${vendor.url}/v1` } });
});
afterEach(() => vendor.reset());
afterAll(async () => {
  await stage.close();
  await vendor.close();
});

const provider = 'openai';
const TEXT = 'Bees dance. Their dance tells the others where the flowers are, and how far.';

test('a scene is one call, exactly as the vendor’s reference has it', async () => {
  const { narration, timings } = await stage.narrate({ provider, text: TEXT });
  const [request, ...others] = vendor.requests();
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    method: 'POST',
    url: '/v1/audio/speech',
    headers: { authorization: `Bearer ${vendor.key}` },
  });
  expect(request?.json).toEqual({
    model: 'gpt-4o-mini-tts',
    input: TEXT,
    voice: 'nova',
    response_format: 'wav',
    instructions: expect.stringContaining('Narrate in English'),
  });
  expect(narration).toMatchObject({ provider, voice: 'nova', warnings: [] });
  expect(timings.source).toBe('measured');
  expect(timings.words.map(({ text }) => text).join(' ')).toBe(TEXT);
});

test('words are on time within 250 ms, measured in the sound', async () => {
  const text = 'Summer, river, lemon, narrow, ocean. Island, winner, salmon. Mirror, yellow.';
  expect(worstOnsetMs(await stage.narrate({ provider, text }))).toBeLessThanOrEqual(250);
});

test('the cost is what is billed, to a hundredth of a cent, and no more than was reserved', async () => {
  const job = { videoId: 'cost', run: 1, tenantId: 'default', correlationId: '' };
  await stage.narrate({ provider, text: 'What does this one cost?', job });
  const [call] = await stage.journal.calls('cost');
  const billed = vendor.bill().costUsd;
  expect(call?.end?.costUsd).toBeLessThanOrEqual(call?.worstUsd ?? 0);
  expect(call?.end?.costUsd).toBeCloseTo(billed, 4);
  // What is read is the text and how it is to be spoken.
  const [entry] = vendor.bill().entries;
  expect(call?.end?.usage).toMatchObject({ inputTokens: entry?.usage['inputTokens'] });
});

test('a long text goes in as many calls as it needs, each paid for once, joined without a click', async () => {
  const sentence = 'The river was wide and slow, and nobody crossed it before noon.';
  const text = `${sentence} ${sentence.replace('river', 'road')}`;
  // The same voice with a limit that two sentences pass.
  const providers = voiceProvidersOf(stage.services).map((one) => ({ ...one, longestText: 80 }));
  const narrateShort = () =>
    narrateScene({ ...stage, providers, ffmpegPath: 'ffmpeg' }, { ...SCENE, provider, text });
  vendor.faults([{ kind: 'status', status: 503, calls: 2 }]);
  await expect(narrateShort()).rejects.toMatchObject({ code: 'API_ERROR' });
  const { timings, narration, sound } = await stage.opened(await narrateShort());
  const inputs = vendor.requests().map(({ json }) => (json as { input: string }).input);
  // The second call failed once: what the first one gave was kept.
  expect(inputs).toEqual([sentence, ...Array<string>(2).fill(sentence.replace('river', 'road'))]);
  expect(vendor.bill().accepted).toBe(2);
  expect(timings.words.map((word) => word.text).join(' ')).toBe(text);
  expect(timings.words.at(-1)?.endMs).toBeLessThanOrEqual(narration.durationMs);
  const next = timings.words.findIndex((word) => word.sentence === 1);
  const [endMs, startMs] = [timings.words[next - 1]?.endMs ?? 0, timings.words[next]?.startMs ?? 0];
  expect(steepest(sound.samples.subarray((endMs + 20) * 48, (startMs - 20) * 48))).toBeLessThan(
    400,
  );
});

test('a scene of two minutes fits into one call', () => {
  const [long] = voiceProvidersOf(stage.services).filter(({ name }) => name === provider);
  expect(long?.longestText).toBe(1_800);
});

test('older models take a speed and no instructions; newer ones are stretched', async () => {
  const tts = await voiceStage({
    openAi: { apiKey: vendor.key, baseUrl: `${vendor.url}/v1`, model: 'tts-1', voice: 'echo' },
  });
  const delivery = { speed: 1.5, pauses: 0, pronunciations: [] };
  const order = { provider, text: TEXT, voice: { voiceId: '', language: 'en-US', delivery } };
  const native = await tts.narrate(order);
  expect(vendor.requests()[0]?.json).toEqual({
    model: 'tts-1',
    input: TEXT,
    voice: 'echo',
    response_format: 'wav',
    speed: 1.5,
  });
  expect(native.narration.voice).toBe('echo');
  const stretched = await stage.narrate(order);
  const plain = await stage.narrate({ provider, text: TEXT });
  expect(stretched.narration.durationMs / plain.narration.durationMs).toBeLessThan(0.75);
  await tts.close();
});

test('what the reply does not say is told as an estimate; what is paid by the character is none', async () => {
  const older = await voiceStage({
    openAi: { apiKey: vendor.key, baseUrl: `${vendor.url}/v1`, model: 'tts-1' },
  });
  const estimated = async (own: VoiceStage) => {
    const job = { ...SCENE.job, videoId: 'estimated' };
    await own.narrate({ provider, text: 'Forty-two.', job });
    return (await own.journal.calls('estimated')).map(({ end }) => end?.isEstimate);
  };
  expect(await estimated(stage)).toEqual([true]);
  expect(await estimated(older)).toEqual([false]);
  await older.close();
});

test('the worst that a text can cost holds in every script', () => {
  for (const text of ['A plain line.', '川はゆっくりと海へ流れる。', 'नदी बहती है।', '🐝🐝🐝']) {
    const { inputTokens = 0, characters } = worstSpeech(text);
    expect(inputTokens).toBeGreaterThan(Buffer.byteLength(text));
    expect(characters).toBe(Array.from(text).length);
  }
});

test('voices: a narrator of each sex, its own by name, others mapped with a warning', async () => {
  const asked = async (voiceId: string, language = 'en-US') => {
    const { narration } = await stage.narrate({
      provider,
      text: 'Hi there.',
      voice: { voiceId, language },
    });
    return [narration.voice, ...narration.warnings.map(({ code }) => code)];
  };
  expect(await asked('en-US-narrator-m')).toEqual(['onyx']);
  expect(await asked('Marin')).toEqual(['marin']);
  expect(await asked('Rachel')).toEqual(['nova', 'VoiceMapped']);
});

/** The largest step from one sample to the next. */
function steepest(samples: Int16Array): number {
  let most = 0;
  for (let index = 1; index < samples.length; index += 1) {
    most = Math.max(most, Math.abs((samples[index] ?? 0) - (samples[index - 1] ?? 0)));
  }
  return most;
}
