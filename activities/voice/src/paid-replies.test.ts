import { afterEach, expect, test } from 'vitest';
import { startVendor, type Vendor } from '@aura/vendors';
import { createVoiceActivities } from './create-voice-activities.js';
import type { VoiceSettings } from './providers/index.js';
import { SCENE, voiceStage, type VoiceStage } from './testing/voice-stage.js';

let vendor: Vendor;
let stage: VoiceStage;
afterEach(async () => {
  await stage.close();
  await vendor.close();
});

const TEXT = 'Nobody crossed it before noon. Then the ferry came.';
const CASES: ['elevenlabs' | 'openai', (vendor: Vendor) => Partial<VoiceSettings>][] = [
  ['elevenlabs', ({ url, key }) => ({ elevenLabs: { apiKey: key, baseUrl: url } })],
  ['openai', ({ url, key }) => ({ openAi: { apiKey: key, baseUrl: `${url}/v1` } })],
];

test.each(CASES)(
  '%s: what this machine could not decode is not paid for again',
  async (provider, settings) => {
    vendor = await startVendor(provider);
    stage = await voiceStage(settings(vendor));
    const broken = createVoiceActivities({
      ...stage.services,
      ffmpegPath: '/nowhere/ffmpeg',
      store: stage.store,
      ffprobePath: 'ffprobe',
    });
    const order = { ...SCENE, provider, text: TEXT };
    await expect(broken.narrateScene(order)).rejects.toMatchObject({ code: 'FFmpegNotFound' });
    expect(vendor.bill().accepted).toBe(1);
    const { narration } = await stage.narrate(order);
    expect(narration.provider).toBe(provider);
    expect(vendor.bill().accepted).toBe(1);
    expect((await stage.journal.spent(SCENE.job.videoId)).sureUsd).toBeCloseTo(
      (await stage.journal.calls(SCENE.job.videoId))[0]?.end?.costUsd ?? -1,
      8,
    );
  },
);

test.each(CASES)('%s: a broken sound is asked for anew', async (provider, settings) => {
  vendor = await startVendor(provider);
  stage = await voiceStage(settings(vendor));
  vendor.faults([{ kind: 'truncated-audio', calls: 1, match: 'Nobody' }]);
  const order = { provider, text: TEXT };
  await expect(stage.narrate(order)).rejects.toMatchObject({ code: 'NarrationInvalid' });
  expect((await stage.narrate(order)).narration.provider).toBe(provider);
  expect(vendor.bill().accepted).toBe(2);
});
