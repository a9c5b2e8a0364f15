import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NarrateSceneRequest } from '@aura/proto';
import { loudnessLufs } from './sound/loudness.js';
import { LEAD_MS, TAIL_MS } from './sound/join-speech.js';
import { JOB, narrate, workplace, type Workplace } from './testing/voices.js';
let place: Workplace;
beforeAll(async () => {
  place = await workplace();
});
afterAll(() => place.remove());

const TEXT = 'Dr. Smith found 3 birds in 1984! 🐦 Nobody, it seems, believed her.';

test('a narration is mono, 48 kHz, 16 bit, as long as it says, and its words give the text again', async () => {
  const { narration, timings, sound, bytes } = await narrate(place.store, { text: TEXT });
  expect([bytes.readUInt16LE(22), bytes.readUInt32LE(24), bytes.readUInt16LE(34)]).toEqual([
    1, 48_000, 16,
  ]);
  expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
  expect(sound.samples).toHaveLength(narration.durationMs * 48);
  expect(timings.words.map(({ text }) => text).join(' ')).toBe(TEXT);
  expect(timings.words.map(({ sentence }) => sentence)).toEqual([
    0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1,
  ]);
  expect(timings.words[0]?.startMs).toBe(LEAD_MS);
  expect(timings.words.at(-1)?.endMs).toBeLessThanOrEqual(narration.durationMs - TAIL_MS + 15);
  for (const [index, { startMs, endMs }] of timings.words.entries()) {
    expect(endMs).toBeGreaterThanOrEqual(startMs);
    expect(startMs).toBeGreaterThanOrEqual(timings.words[index - 1]?.startMs ?? 0);
  }
  expect(timings.source).toBe('synthesiser');
  expect(narration).toMatchObject({ provider: 'flite', voice: 'slt', warnings: [] });
});

test('equal text is spoken once, whatever the scene and the name of the voice', async () => {
  const first = await narrate(place.store, { text: TEXT });
  const job = { ...JOB, videoId: 'v2', run: 7, correlationId: 'other' };
  const voice = { voiceId: 'en-US-Neural', language: 'en' };
  const again = await narrate(place.store, { text: `  ${TEXT} `, job, voice, sceneId: 's09' });
  expect(again.narration).toEqual(first.narration);
});

test('what shows in the sound changes the key', async () => {
  const one = { text: 'Birds sing. Why?' };
  const variants: Partial<NarrateSceneRequest>[] = [
    one,
    { text: 'Birds sing why?' },
    { text: 'Birds\nsing. Why?' },
    { ...one, voice: { voiceId: 'en-US-narrator-m', language: 'en-US' } },
    { ...one, provider: 'espeak-ng' },
    { ...one, provider: 'espeak-ng', voice: { voiceId: '', language: 'de' } },
    { ...one, job: { ...JOB, tenantId: 'another' } },
  ];
  const keys = new Set<string>();
  for (const variant of variants) keys.add((await narrate(place.store, variant)).narration.unitKey);
  expect(keys.size).toBe(variants.length);
});

test('all scenes of a film sound equally loud, short or long, by any voice', async () => {
  const scenes: Partial<NarrateSceneRequest>[] = [
    { text: 'Look!' },
    { text: `${TEXT} The sea is never quiet, and far below the surface the light is gone.` },
    { text: TEXT, voice: { voiceId: 'en-GB-narrator-m', language: 'en-GB' } },
    {
      text: 'Niemand hatte das erwartet.',
      provider: 'espeak-ng',
      voice: { voiceId: '', language: 'de' },
    },
  ];
  for (const scene of scenes) {
    const { sound } = await narrate(place.store, scene);
    expect(Math.abs(loudnessLufs(sound) + 22)).toBeLessThan(0.5);
  }
});

test('a scene with nothing to say is two seconds of silence and a warning, not a dead job', async () => {
  for (const text of ['', '🎉🎉 … —', '\u0000\u200b']) {
    const { narration, timings, sound } = await narrate(place.store, { text });
    expect(narration.durationMs).toBe(2_000);
    expect(sound.samples.every((sample) => sample === 0)).toBe(true);
    expect(timings.words).toEqual([]);
    expect(narration.warnings).toMatchObject([{ code: 'NothingToSay', sceneId: 's01' }]);
  }
});

test.each(['flite', 'espeak-ng'])('%s: hostile text is spoken as text', async (provider) => {
  const plain = await narrate(place.store, { provider, text: 'help' });
  const option = await narrate(place.store, { provider, text: '--help' });
  expect(option.narration.durationMs).toBe(plain.narration.durationMs);
  const file = await narrate(place.store, { provider, text: '-f /etc/passwd' });
  expect(file.narration.durationMs).toBeLessThan(5_000);
  const phonemes = await narrate(place.store, { provider, text: 'Say [[h@loU]] now' });
  expect(phonemes.timings.words.map(({ text }) => text)).toEqual(['Say', '[[h@loU]]', 'now']);
  const markup = await narrate(place.store, {
    provider,
    text: '<audio src="file:///etc/passwd"/> <break time="60s"/> Fine \u0001200A & {\\fs999} end.',
  });
  expect(markup.narration.durationMs).toBeLessThan(15_000);
  const endless = await narrate(place.store, { provider, text: `The ${'a'.repeat(10_000)} end.` });
  expect(endless.narration.durationMs).toBeLessThan(40_000);
  expect(endless.timings.words[1]?.text).toHaveLength(10_000);
  expect(endless.narration.warnings).toMatchObject([{ code: 'WordCutShort' }]);
});

test('a narration longer than any film is refused before it is spoken', async () => {
  const invalid = { code: 'InvalidInput:text' };
  await expect(narrate(place.store, { text: 'word '.repeat(20_000) })).rejects.toMatchObject(
    invalid,
  );
  await expect(narrate(place.store, { text: 'Yes.\n'.repeat(9_000) })).rejects.toMatchObject(
    invalid,
  );
});

test('scripts may be mixed within a sentence', async () => {
  const text = 'Это iPhone 15 и 東京, Ελλάδα.';
  const voice = { voiceId: 'ru-narrator-m', language: 'ru' };
  const { timings } = await narrate(place.store, { provider: 'espeak-ng', text, voice });
  const lengths = timings.words.map(({ startMs, endMs }) => endMs - startMs);
  expect(Math.min(...lengths)).toBeGreaterThan(40);
});

test('nothing is left on the disk but what is published', async () => {
  const scratch = path.join(place.folder, 'store', 'scratch', JOB.videoId);
  expect(await readdir(scratch).catch(() => [])).toEqual([]);
  const published = await readdir(path.join(place.folder, 'store'), { recursive: true });
  expect(published.filter((name) => name.endsWith('.part'))).toEqual([]);
});
