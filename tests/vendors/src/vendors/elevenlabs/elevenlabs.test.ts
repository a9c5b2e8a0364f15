import { expect, test } from 'vitest';
import type { Vendor } from '../../start-vendor.js';
import { HeardSound } from '../../testing/sound-facts.js';
import { ask, withVendor } from '../../testing/kit.js';

const TEXT = 'Bees dance. Their dance tells the others where the flowers are, and how far.';
const GEORGE = 'JBFqnCBsd6RMkjVDRZzb';

const speechOf = (vendor: Vendor, change: object = {}, path = `${GEORGE}/with-timestamps`) =>
  ask(`${vendor.url}/v1/text-to-speech/${path}`, {
    json: { text: TEXT, model_id: 'eleven_multilingual_v2', ...change },
    headers: { 'xi-api-key': vendor.key },
  });

interface Timed {
  audio_base64: string;
  alignment: {
    characters: string[];
    character_start_times_seconds: number[];
    character_end_times_seconds: number[];
  };
}

test('with-timestamps gives every character its time, and the sound is there at those times', () =>
  withVendor('elevenlabs', async (vendor) => {
    const reply = await speechOf(vendor);
    expect(reply.status).toBe(200);
    const { audio_base64: audio, alignment } = reply.json() as unknown as Timed;
    const {
      characters,
      character_start_times_seconds: starts,
      character_end_times_seconds: ends,
    } = alignment;
    expect(characters.join('')).toBe(TEXT);
    expect(starts).toEqual(starts.toSorted((a, b) => a - b));
    const sound = await HeardSound.of(Buffer.from(audio, 'base64'));
    // MP3 adds less than 0.1 s of its own.
    expect(Math.abs(sound.seconds - (ends.at(-1) ?? 0))).toBeLessThan(0.1);
    const [wordStart, wordEnd] = [
      TEXT.indexOf('flowers'),
      TEXT.indexOf('flowers') + 'flowers'.length - 1,
    ];
    expect(sound.loudness(starts[wordStart], ends[wordEnd])).toBeGreaterThan(700);
    const stop = TEXT.indexOf('. Their');
    expect(sound.loudness((starts[stop] ?? 0) + 0.08, (ends[stop + 1] ?? 0) - 0.04)).toBeLessThan(
      150,
    );
    expect(reply.headers.get('character-cost')).toBe(String(TEXT.length));
    expect(vendor.bill().entries[0]).toMatchObject({ usage: { characters: TEXT.length } });
  }));

test('plain speech comes in the asked format', () =>
  withVendor('elevenlabs', async (vendor) => {
    const reply = await speechOf(vendor, {}, `${GEORGE}?output_format=pcm_16000`);
    expect(reply.headers.get('content-type')).toBe('audio/pcm');
    const sound = await HeardSound.of(reply.bytes, ['-f', 's16le', '-ar', '16000', '-ac', '1']);
    expect(sound.loudness()).toBeGreaterThan(500);
    const german = await speechOf(vendor, {
      text: 'Das ist ein Satz.',
      model_id: 'eleven_flash_v2_5',
      language_code: 'de',
    });
    expect(german.status).toBe(200);
    expect(vendor.bill().entries[1]?.usage).toEqual({ characters: 17, credits: 9 });
  }));

test('voices, models and what is left can be asked for', () =>
  withVendor('elevenlabs', async (vendor) => {
    const headers = { 'xi-api-key': vendor.key };
    const voices = (await ask(`${vendor.url}/v1/voices`, { headers })).json()['voices'];
    expect(voices).toContainEqual(expect.objectContaining({ voice_id: GEORGE, name: 'George' }));
    const models = (await ask(`${vendor.url}/v1/models`, { headers })).json() as unknown as {
      model_id: string;
    }[];
    expect(models.map(({ model_id: id }) => id)).toContain('eleven_multilingual_v2');
    await speechOf(vendor, { text: 'Hello.' });
    const plan = (await ask(`${vendor.url}/v1/user/subscription`, { headers })).json();
    expect(plan).toMatchObject({ character_count: 6, character_limit: 100_000, status: 'active' });
  }));

test('when the credits are gone the answer is 401 with quota_exceeded, and nothing is charged', () =>
  withVendor(
    'elevenlabs',
    async (vendor) => {
      expect((await speechOf(vendor, { text: 'Ten signs.' })).status).toBe(200);
      const reply = await speechOf(vendor, { text: 'One more.' });
      expect(reply.status).toBe(401);
      expect(reply.json()).toEqual({
        detail: {
          status: 'quota_exceeded',
          message:
            'This request exceeds your quota of 100000. You have 2 credits remaining, while 9 credits are required for this request.',
        },
      });
      expect(vendor.bill().accepted).toBe(1);
    },
    { charactersLeft: 12 },
  ));

test.each([
  ['another model', { model_id: 'eleven_v9' }, undefined, 400, 'model_not_found'],
  ['another voice', {}, 'nobody', 404, 'voice_not_found'],
  [
    'a text that is too long',
    { text: 'a'.repeat(10_001) },
    undefined,
    400,
    'max_character_limit_exceeded',
  ],
  ['a stability above 1', { voice_settings: { stability: 2 } }, undefined, 422, 'less_than_equal'],
  ['no text', { text: undefined }, undefined, 422, 'missing'],
  ['another format', {}, `${GEORGE}?output_format=ogg`, 422, 'enum'],
])('%s is refused in the vendor’s own form', (...[, change, path, status, word]) =>
  withVendor('elevenlabs', async (vendor) => {
    const reply = await speechOf(vendor, change, path);
    expect(reply.status).toBe(status);
    expect(JSON.stringify(reply.json()['detail'])).toContain(`"${word}"`);
    expect(vendor.bill().accepted).toBe(0);
  }),
);

test('a key in another header, or a wrong one, is no key', () =>
  withVendor('elevenlabs', async (vendor) => {
    const url = `${vendor.url}/v1/user/subscription`;
    const bearer = await ask(url, { headers: { authorization: `Bearer ${vendor.key}` } });
    expect([bearer.status, bearer.text.includes('needs_authorization')]).toEqual([401, true]);
    const wrong = await ask(url, { headers: { 'xi-api-key': 'sk_wrong' } });
    expect(wrong.json()).toEqual({
      detail: { status: 'invalid_api_key', message: 'Invalid API key' },
    });
  }));
