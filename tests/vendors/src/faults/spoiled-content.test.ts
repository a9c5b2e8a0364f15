import { expect, test } from 'vitest';
import OpenAI from 'openai';
import sharp from 'sharp';
import type { Vendor } from '../start-vendor.js';
import { ask, chat, withVendor } from '../testing/kit.js';
import { HeardSound } from '../testing/sound-facts.js';
import type { Fault } from './fault.js';
import { pictureBomb } from './spoiled-bodies.js';

const say = (vendor: Vendor) =>
  ask(`${vendor.url}/v1/audio/speech`, {
    json: {
      model: 'tts-1',
      voice: 'nova',
      input: 'Bees find their way home.',
      response_format: 'wav',
    },
    headers: { authorization: `Bearer ${vendor.key}` },
  });

test('garbage and deep JSON come as 200 and JSON; the deep one can also hide in what the model says', () =>
  withVendor('openai', async (vendor) => {
    vendor.faults([
      { kind: 'garbage', calls: 1 },
      { kind: 'deep-json', calls: 2 },
      { kind: 'deep-json', inside: 'content', depth: 50 },
    ]);
    const noise = await chat(vendor);
    expect([noise.status, noise.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(() => noise.json()).toThrow();
    expect((await chat(vendor)).text).toMatch(/^(?:\{"a":){10000}1/u);
    const { choices } = (await chat(vendor)).json() as {
      choices: { message: { content: string } }[];
    };
    expect(choices[0]?.message.content).toMatch(/^(?:\{"a":){50}1\}{50}$/u);
    expect(vendor.bill().accepted).toBe(3);
  }));

test('null, nothing, members of other types and a page come as 200, and are billed', () =>
  withVendor('openai', async (vendor) => {
    vendor.faults([
      { kind: 'null', calls: 1 },
      { kind: 'empty', calls: 2 },
      { kind: 'odd-shape', calls: 3 },
      { kind: 'html' },
    ]);
    const replies = [
      await chat(vendor),
      await chat(vendor),
      await chat(vendor),
      await chat(vendor),
    ];
    const [nothing, empty, odd, page] = replies;
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(replies.map(({ headers }) => headers.get('content-type')?.split(';')[0])).toEqual([
      ...Array.from({ length: 3 }, () => 'application/json'),
      'text/html',
    ]);
    expect([nothing?.text, empty?.text, page?.text.startsWith('<!doctype')]).toEqual([
      'null',
      '',
      true,
    ]);
    expect(odd?.json()).toMatchObject({
      choices: [{ message: { content: expect.any(Number) } }],
      usage: { prompt_tokens: 'a word' },
    });
    expect(vendor.bill().accepted).toBe(4);
    vendor.faults([{ kind: 'odd-shape' }]);
    expect((await say(vendor)).json()).toHaveProperty('data');
  }));

test('silent and truncated sound are what they say', () =>
  withVendor('openai', async (vendor) => {
    const whole = await say(vendor);
    vendor.faults([
      { kind: 'silent-audio', calls: 1 },
      { kind: 'truncated-audio', calls: 2 },
    ]);
    const silent = await HeardSound.of((await say(vendor)).bytes);
    expect(silent.loudness()).toBe(0);
    expect(silent.seconds).toBeGreaterThan(1);
    expect((await say(vendor)).bytes.length / whole.bytes.length).toBeCloseTo(0.45, 1);
  }));

test('a picture bomb is a valid PNG of 16,384 pixels a side in less than 1 MB', async () => {
  const bomb = pictureBomb();
  expect(bomb.length).toBeLessThan(1_000_000);
  expect(await sharp(bomb, { limitInputPixels: false }).metadata()).toMatchObject({
    width: 16_384,
    height: 16_384,
    format: 'png',
  });
  const small = await sharp(pictureBomb(512)).raw().toBuffer();
  expect([small.length, small.every((value) => value === 0)]).toEqual([512 * 512 * 3, true]);
});

test('pictures can come as bombs or blank', () =>
  withVendor('automatic1111', async (vendor) => {
    vendor.faults([
      { kind: 'picture-bomb', calls: 1 },
      { kind: 'blank-picture', calls: 2 },
    ]);
    const draw = async () => {
      const reply = await ask(`${vendor.url}/sdapi/v1/txt2img`, {
        json: { prompt: 'bees', width: 64, height: 64 },
      });
      return Buffer.from((reply.json() as { images: string[] }).images[0] ?? '', 'base64');
    };
    expect((await sharp(await draw(), { limitInputPixels: false }).metadata()).width).toBe(16_384);
    const { channels } = await sharp(await draw()).stats();
    expect(channels.every(({ stdev }) => stdev === 0)).toBe(true);
  }));

test('a model’s answers can be cut, no JSON, too few, empty, repeated, marked up or in another language', () =>
  withVendor('openai', async (vendor) => {
    const client = new OpenAI({ apiKey: vendor.key, baseURL: `${vendor.url}/v1`, maxRetries: 0 });
    const items = { type: 'object', properties: { narration: { type: 'string' } } };
    const schema = { type: 'object', properties: { scenes: { type: 'array', items } } };
    const answer = async (how: string) => {
      vendor.faults([{ kind: 'bad-script', how } as Fault]);
      const { choices } = await client.chat.completions.create({
        model: 'gpt-4o-mini',
        messages: [{ role: 'user', content: 'Topic: bees. Exactly 4 scenes.' }],
        response_format: { type: 'json_schema', json_schema: { name: 'script', schema } },
      });
      return { text: choices[0]?.message.content ?? '', finish: choices[0]?.finish_reason };
    };
    const scenes = async (how: string) => {
      const { scenes: list } = JSON.parse((await answer(how)).text) as {
        scenes: { narration: string }[];
      };
      return list.map(({ narration }) => narration);
    };
    expect((await answer('cut')).finish).toBe('length');
    expect((await answer('not-json')).text).toMatch(/^Sure!/u);
    expect(await scenes('too-few')).toHaveLength(2);
    expect(await scenes('empty-text')).toEqual(['', '', '', '']);
    expect(new Set(await scenes('repeats')).size).toBe(1);
    expect((await scenes('markdown'))[0]).toContain('**');
    expect((await scenes('stage-directions'))[0]).toContain('[pause]');
    expect((await scenes('wrong-language'))[0]).toMatch(/ (?:die|der|das|und|ist) /u);
  }));
