import { expect, test } from 'vitest';
import OpenAI from 'openai';
import { HeardSound } from '../testing/sound-facts.js';
import { ask, withVendor } from '../testing/kit.js';

const TEXT = 'Bees find their way home by the light of the sky.';

test('Kokoro answers the OpenAI SDK, lists its voices and gives the times of words', () =>
  withVendor('kokoro', async (vendor) => {
    const client = new OpenAI({ apiKey: 'not-needed', baseURL: `${vendor.url}/v1`, maxRetries: 0 });
    const reply = await client.audio.speech.create({
      model: 'kokoro',
      voice: 'af_heart',
      input: TEXT,
    });
    const sound = await HeardSound.of(Buffer.from(await reply.arrayBuffer()));
    expect(sound.loudness()).toBeGreaterThan(500);
    const { voices } = (await ask(`${vendor.url}/v1/audio/voices`)).json() as {
      voices: { id: string }[];
    };
    expect(voices.map(({ id }) => id)).toEqual(expect.arrayContaining(['af_heart', 'bm_george']));
    const { timestamps } = (
      await ask(`${vendor.url}/dev/captioned_speech`, {
        json: { input: TEXT, voice: 'bm_george', stream: false },
      })
    ).json() as { timestamps: { word: string; start_time: number }[] };
    expect(timestamps.map(({ word }) => word).join(' ')).toBe(
      'Bees find their way home by the light of the sky',
    );
    const unknown = client.audio.speech.create({ model: 'kokoro', voice: 'nobody', input: TEXT });
    await expect(unknown).rejects.toMatchObject({ status: 400 });
    const wrong = await ask(`${vendor.url}/v1/audio/speech`, { json: { voice: 'af_heart' } });
    expect(wrong.status).toBe(422);
    expect(wrong.json()).toMatchObject({ detail: [{ loc: ['body', 'input'], type: 'missing' }] });
  }));

test('LocalAI answers the OpenAI SDK; a model that is not there is its 500', () =>
  withVendor('localai', async (vendor) => {
    const client = new OpenAI({ apiKey: 'not-needed', baseURL: `${vendor.url}/v1`, maxRetries: 0 });
    const order = { voice: 'alloy', input: TEXT };
    const reply = await client.audio.speech.create({ ...order, model: 'voice-en-us-amy-low' });
    expect(reply.headers.get('content-type')).toBe('audio/x-wav');
    expect((await HeardSound.of(Buffer.from(await reply.arrayBuffer()))).seconds).toBeGreaterThan(
      2,
    );
    await expect(client.audio.speech.create({ ...order, model: 'nope' })).rejects.toMatchObject({
      status: 500,
      error: { code: 500, message: expect.stringContaining('could not load model') as unknown },
    });
  }));

test('Piper speaks JSON and plain text as a WAV with a true header, and slower on request', () =>
  withVendor('piper', async (vendor) => {
    const plain = await ask(vendor.url, { json: { text: TEXT } });
    expect(plain.bytes.readUInt32LE(4)).toBe(plain.bytes.length - 8);
    const seconds = (await HeardSound.of(plain.bytes)).seconds;
    expect(seconds).toBeGreaterThan(2);
    const slow = await ask(`${vendor.url}/synthesize`, { json: { text: TEXT, length_scale: 1.5 } });
    expect((await HeardSound.of(slow.bytes)).seconds / seconds).toBeGreaterThan(1.3);
    const text = await ask(vendor.url, { body: TEXT, method: 'POST' });
    expect(text.bytes.equals(plain.bytes)).toBe(true);
    const german = await ask(vendor.url, {
      json: { text: 'Guten Tag.', voice: 'de_DE-thorsten-medium' },
    });
    expect(german.status).toBe(200);
    expect(Object.keys((await ask(`${vendor.url}/voices`)).json())).toContain(
      'en_US-lessac-medium',
    );
    const empty = await ask(vendor.url, { json: { text: ' ' } });
    expect([empty.status, empty.text.includes('<title>500')]).toEqual([500, true]);
  }));

test('a newer Piper only knows /synthesize', () =>
  withVendor(
    'piper',
    async (vendor) => {
      expect((await ask(vendor.url, { json: { text: TEXT } })).status).toBe(405);
      expect((await ask(`${vendor.url}/synthesize`, { json: { text: TEXT } })).status).toBe(200);
    },
    { piperRelease: 'new' },
  ));
