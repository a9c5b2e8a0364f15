import { expect, test } from 'vitest';
import OpenAI from 'openai';
import { HeardSound } from '../../testing/sound-facts.js';
import { ask, withVendor } from '../../testing/kit.js';

const TEXT = 'Bees find their way home by the light of the sky.';

test('the official SDK gets audible speech in every format, about as long as the text', () =>
  withVendor('openai', async (vendor) => {
    const client = new OpenAI({ apiKey: vendor.key, baseURL: `${vendor.url}/v1`, maxRetries: 0 });
    for (const format of ['mp3', 'wav', 'flac', 'opus', 'aac', 'pcm'] as const) {
      const reply = await client.audio.speech.create({
        model: 'tts-1',
        voice: 'nova',
        input: TEXT,
        response_format: format,
      });
      const file = Buffer.from(await reply.arrayBuffer());
      const raw = format === 'pcm' ? ['-f', 's16le', '-ar', '24000', '-ac', '1'] : [];
      const sound = await HeardSound.of(file, raw);
      expect(sound.seconds).toBeGreaterThan(2);
      expect(sound.seconds).toBeLessThan(6);
      expect(sound.loudness()).toBeGreaterThan(500);
    }
    const { accepted, costUsd, entries } = vendor.bill();
    expect(accepted).toBe(6);
    expect(entries[0]?.usage).toEqual({ characters: TEXT.length });
    expect(costUsd).toBeCloseTo((6 * TEXT.length * 15) / 1e6, 8);
  }));

test('a WAV says 0xFFFFFFFF for its length, as the vendor’s streamed ones do', () =>
  withVendor('openai', async (vendor) => {
    const { bytes, headers } = await ask(`${vendor.url}/v1/audio/speech`, {
      json: {
        model: 'gpt-4o-mini-tts',
        voice: 'coral',
        input: TEXT,
        response_format: 'wav',
        instructions: 'Calm.',
      },
      headers: { authorization: `Bearer ${vendor.key}` },
    });
    expect(headers.get('content-type')).toBe('audio/wav');
    expect(bytes.readUInt32LE(4)).toBe(0xffffffff);
    expect(vendor.bill().entries[0]?.usage).toMatchObject({
      seconds: expect.any(Number) as unknown,
    });
  }));

test.each([
  ['an unknown voice', { voice: 'siri' }, "Input should be 'alloy'"],
  ['a text that is too long', { input: 'a'.repeat(4_097) }, 'at most 4096 characters'],
  ['no text', { input: undefined }, 'Field required'],
  ['a speed out of range', { speed: 5 }, 'less than or equal to 4'],
  ['a format that does not exist', { response_format: 'ogg' }, "Input should be 'mp3'"],
])('%s is refused in the vendor’s words', (_, change, text) =>
  withVendor('openai', async (vendor) => {
    const reply = await ask(`${vendor.url}/v1/audio/speech`, {
      json: { model: 'tts-1', voice: 'nova', input: TEXT, ...change },
      headers: { authorization: `Bearer ${vendor.key}` },
    });
    expect(reply.status).toBe(400);
    expect((reply.json()['error'] as { message: string }).message).toContain(text);
    expect(vendor.bill().accepted).toBe(0);
  }),
);
