import { expect, test } from 'vitest';
import { HeardSound } from '../../testing/sound-facts.js';
import { ask, withVendor } from '../../testing/kit.js';

const TEXT = 'Bees find their way home by the light of the sky.';

test('Deepgram speaks a text as sound of the asked form, counts its characters and bills them', () =>
  withVendor('deepgram', async (vendor) => {
    const headers = { authorization: `Token ${vendor.key}` };
    const speak = (query: string, json: object = { text: TEXT }) =>
      ask(`${vendor.url}/v1/speak?${query}`, { json, headers });
    const wav = await speak('model=aura-2-thalia-en&encoding=linear16&container=wav');
    expect(wav.headers.get('dg-char-count')).toBe(String(TEXT.length));
    expect(wav.bytes.readUInt32LE(4)).toBe(0xff_ff_ff_ff);
    expect((await HeardSound.of(wav.bytes)).seconds).toBeGreaterThan(2);
    const mp3 = await speak('model=aura-2-julius-de', { text: 'Guten Tag.' });
    expect(mp3.headers.get('content-type')).toBe('audio/mpeg');
    expect(vendor.bill()).toMatchObject({ accepted: 2, costUsd: 0.00177 });
  }));

test('Deepgram refuses what it does not know in its own words', () =>
  withVendor('deepgram', async (vendor) => {
    const headers = { authorization: `Token ${vendor.key}` };
    const refused = async (query: string, json: object, own: object = headers) => {
      const { status, json: body } = await ask(`${vendor.url}/v1/speak?${query}`, {
        json,
        headers: own as Record<string, string>,
      });
      return [status, body()['err_code']];
    };
    const voice = 'model=aura-2-thalia-en';
    const bearer = { authorization: `Bearer ${vendor.key}` };
    expect(await refused(voice, { text: TEXT }, bearer)).toEqual([401, 'INVALID_AUTH']);
    expect(await refused('model=nobody', { text: TEXT })).toEqual([400, 'Bad Request']);
    expect(await refused(`${voice}&pitch=2`, { text: TEXT })).toEqual([
      400,
      'INVALID_QUERY_PARAMETER',
    ]);
    expect(await refused(`${voice}&encoding=mp3&container=wav`, { text: TEXT })).toEqual([
      400,
      'UNSUPPORTED_AUDIO_FORMAT',
    ]);
    expect(await refused(voice, { text: ' ' })).toEqual([400, 'INPUT_ERROR']);
    expect(await refused(voice, { text: 'a'.repeat(2_001) })).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    expect((await ask(`${vendor.url}/v1/auth/token`, { headers })).status).toBe(200);
    expect((await ask(`${vendor.url}/v1/auth/token`)).status).toBe(401);
    expect((await ask(`${vendor.url}/v1/models`)).status).toBe(200);
    expect(vendor.bill().accepted).toBe(0);
  }));
