import { expect, test } from 'vitest';
import OpenAI from 'openai';
import { ask, withVendor } from '../../testing/kit.js';

const SCRIPT = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'scenes'],
  properties: {
    title: { type: 'string' },
    scenes: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'heading', 'narration', 'keywords'],
        properties: {
          kind: { type: 'string', enum: ['title', 'statement', 'closing'] },
          heading: { type: 'string' },
          narration: { type: 'string' },
          keywords: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
} as const;

interface Script {
  title: string;
  scenes: { kind: string; heading: string; narration: string; keywords: string[] }[];
}

const order = (schema: Record<string, unknown> = SCRIPT) => ({
  model: 'gpt-4o-mini',
  messages: [
    { role: 'system' as const, content: 'You write scripts of films.' },
    {
      role: 'user' as const,
      content: 'Topic: How bees find their way\nWrite exactly 6 scenes, about 200 words.',
    },
  ],
  response_format: {
    type: 'json_schema' as const,
    json_schema: { name: 'script', strict: true, schema },
  },
});

test('the official SDK gets a script that has the asked scenes and length, and it is billed', () =>
  withVendor('openai', async (vendor) => {
    const client = new OpenAI({ apiKey: vendor.key, baseURL: `${vendor.url}/v1`, maxRetries: 0 });
    const { data, response } = await client.chat.completions.create(order()).withResponse();
    const script = JSON.parse(data.choices[0]?.message.content ?? '') as Script;
    expect(script.scenes).toHaveLength(6);
    const narrations = script.scenes.map(({ narration }) => narration);
    const words = narrations.join(' ').split(/\s+/u).length;
    expect(words).toBeGreaterThan(150);
    expect(words).toBeLessThan(260);
    const sentences = narrations.flatMap((text) => text.split(/(?<=[.!?])\s+/u));
    expect(new Set(sentences).size).toBe(sentences.length);
    expect(script.scenes.map(({ kind }) => kind)).toEqual([
      'title',
      ...Array(4).fill('statement'),
      'closing',
    ]);
    expect(data).toMatchObject({ model: 'gpt-4o-mini-2024-07-18', object: 'chat.completion' });
    expect(response.headers.get('x-request-id')).toMatch(/^req_[0-9a-f]{32}$/u);
    expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('499');
    const { accepted, costUsd, entries } = vendor.bill();
    expect(accepted).toBe(1);
    expect(entries[0]?.usage).toEqual({
      inputTokens: data.usage?.prompt_tokens,
      outputTokens: data.usage?.completion_tokens,
    });
    expect(costUsd).toBeCloseTo(
      ((data.usage?.prompt_tokens ?? 0) * 0.15 + (data.usage?.completion_tokens ?? 0) * 0.6) / 1e6,
      8,
    );
    const again = await client.chat.completions.create(order());
    expect(again.choices[0]?.message.content).toBe(data.choices[0]?.message.content);
  }));

test('streams through the official SDK give the same text', () =>
  withVendor('openai', async (vendor) => {
    const client = new OpenAI({ apiKey: vendor.key, baseURL: `${vendor.url}/v1`, maxRetries: 0 });
    const whole = await client.chat.completions.create(order());
    const stream = await client.chat.completions.create({ ...order(), stream: true });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).toBe(whole.choices[0]?.message.content);
  }));

test('models can be listed and looked up', () =>
  withVendor('openai', async (vendor) => {
    const client = new OpenAI({ apiKey: vendor.key, baseURL: `${vendor.url}/v1`, maxRetries: 0 });
    const ids = (await client.models.list()).data.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['gpt-4o-mini', 'gpt-4o-mini-tts', 'gpt-image-1']));
    await expect(client.models.retrieve('gpt-9')).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    });
    expect(vendor.bill().accepted).toBe(0);
  }));

const WRONG: [name: string, change: Record<string, unknown>, status: number, error: object][] = [
  ['an unknown model', { model: 'gpt-9' }, 404, { code: 'model_not_found' }],
  ['a speech model', { model: 'tts-1' }, 404, { param: 'model' }],
  [
    'a field that does not exist',
    { temprature: 1 },
    400,
    { message: 'Unrecognized request argument supplied: temprature' },
  ],
  ['no messages', { messages: [] }, 400, { param: 'messages', code: 'empty_array' }],
  ['a temperature out of range', { temperature: 3 }, 400, { code: 'decimal_above_max_value' }],
  [
    'max_tokens of a reasoning model',
    { model: 'gpt-5-mini', max_tokens: 9 },
    400,
    { code: 'unsupported_parameter' },
  ],
  ['a schema for an old model', { model: 'gpt-3.5-turbo' }, 400, { param: 'response_format' }],
  [
    'an open object in a strict schema',
    order({ ...SCRIPT, additionalProperties: true }),
    400,
    {
      message:
        "Invalid schema for response_format 'script': In context=(), 'additionalProperties' is required to be supplied and to be false.",
    },
  ],
  [
    'an optional property in a strict schema',
    order({ ...SCRIPT, required: ['scenes'] }),
    400,
    { param: 'response_format' },
  ],
];

test.each(WRONG)('%s gets the vendor’s own error and costs nothing', (_, change, status, error) =>
  withVendor('openai', async (vendor) => {
    const reply = await ask(`${vendor.url}/v1/chat/completions`, {
      json: { ...order(), ...change },
      headers: { authorization: `Bearer ${vendor.key}` },
    });
    expect(reply.status).toBe(status);
    expect(reply.json()['error']).toMatchObject({ type: 'invalid_request_error', ...error });
    expect(reply.headers.get('x-request-id')).toMatch(/^req_/u);
    expect(vendor.bill().accepted).toBe(0);
  }),
);

test('a wrong key is shown masked, a missing one asked for', () =>
  withVendor('openai', async (vendor) => {
    const client = new OpenAI({
      apiKey: 'sk-proj-wrongwrongwrong1234',
      baseURL: `${vendor.url}/v1`,
      maxRetries: 0,
    });
    await expect(client.models.list()).rejects.toMatchObject({
      status: 401,
      code: 'invalid_api_key',
      message: expect.stringContaining('sk-proj-***************1234') as unknown,
    });
    const reply = await ask(`${vendor.url}/v1/models`);
    expect(reply.status).toBe(401);
    expect(reply.text).toContain("You didn't provide an API key");
  }));
