import Anthropic from '@anthropic-ai/sdk';
import { expect, test } from 'vitest';
import type { Vendor } from '../../start-vendor.js';
import { ask, withVendor } from '../../testing/kit.js';

const SCHEMA = {
  type: 'object' as const,
  additionalProperties: false,
  required: ['scenes'],
  properties: {
    scenes: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['narration'],
        properties: { narration: { type: 'string' } },
      },
    },
  },
};

const ORDER = {
  model: 'claude-haiku-4-5',
  max_tokens: 4_000,
  system: 'You write scripts of films.',
  messages: [{ role: 'user' as const, content: 'Topic: bees. Write exactly 4 scenes.' }],
};

const clientOf = (vendor: Vendor) =>
  new Anthropic({ apiKey: vendor.key, baseURL: vendor.url, maxRetries: 0 });

test('the official SDK gets structured output, whole and streamed, at the model’s price', () =>
  withVendor('anthropic', async (vendor) => {
    const client = clientOf(vendor);
    const order = {
      ...ORDER,
      output_config: { format: { type: 'json_schema' as const, schema: SCHEMA } },
    };
    const message = await client.messages.create(order);
    const [block] = message.content;
    const text = block?.type === 'text' ? block.text : '';
    expect((JSON.parse(text) as { scenes: unknown[] }).scenes).toHaveLength(4);
    expect(message).toMatchObject({
      stop_reason: 'end_turn',
      role: 'assistant',
      model: 'claude-haiku-4-5',
    });
    expect(await client.messages.stream(order).finalText()).toBe(text);
    const { input_tokens: input, output_tokens: output } = message.usage;
    expect(vendor.bill().entries[0]?.costUsd).toBeCloseTo((input + output * 5) / 1e6, 8);
  }));

test('a tool is called with an input that fits its schema', () =>
  withVendor('anthropic', async (vendor) => {
    const message = await clientOf(vendor).messages.create({
      ...ORDER,
      tools: [{ name: 'write_script', input_schema: SCHEMA }],
      tool_choice: { type: 'tool', name: 'write_script' },
    });
    expect(message.stop_reason).toBe('tool_use');
    expect(message.content[0]).toMatchObject({ type: 'tool_use', name: 'write_script' });
    expect((message.content[0] as Anthropic.ToolUseBlock).input).toHaveProperty(
      'scenes.3.narration',
    );
  }));

test('a text that is too long stops at max_tokens; a refusal has its own reason', () =>
  withVendor('anthropic', async (vendor) => {
    const cut = await clientOf(vendor).messages.create({ ...ORDER, max_tokens: 10 });
    expect(cut.stop_reason).toBe('max_tokens');
    vendor.faults([{ kind: 'refusal' }]);
    const refused = await clientOf(vendor).messages.create(ORDER);
    expect([refused.stop_reason, refused.content]).toEqual(['refusal', []]);
  }));

test.each([
  ['an unknown model', { model: 'claude-9' }, 404, 'not_found_error', 'model: claude-9'],
  [
    'an unknown field',
    { max_token: 1 },
    400,
    'invalid_request_error',
    'max_token: Extra inputs are not permitted',
  ],
  [
    'no limit of tokens',
    { max_tokens: undefined },
    400,
    'invalid_request_error',
    'max_tokens: Field required',
  ],
  [
    'a wrong role',
    { messages: [{ role: 'system', content: 'x' }] },
    400,
    'invalid_request_error',
    'messages.0.role',
  ],
  [
    'an open object',
    {
      output_config: {
        format: { type: 'json_schema', schema: { ...SCHEMA, additionalProperties: true } },
      },
    },
    400,
    'invalid_request_error',
    "'additionalProperties' must be explicitly set to false",
  ],
])('%s gets the vendor’s envelope', (...[, change, status, type, message]) =>
  withVendor('anthropic', async (vendor) => {
    const reply = await ask(`${vendor.url}/v1/messages`, {
      json: { ...ORDER, ...change },
      headers: { 'x-api-key': vendor.key, 'anthropic-version': '2023-06-01' },
    });
    expect(reply.status).toBe(status);
    expect(reply.json()).toMatchObject({
      type: 'error',
      error: { type },
      request_id: reply.headers.get('request-id'),
    });
    expect(reply.text).toContain(message);
    expect(vendor.bill().accepted).toBe(0);
  }),
);

test('the newest version of the interface knows no temperature, the older one does', () =>
  withVendor('anthropic', async (vendor) => {
    const send = (version: string) =>
      ask(`${vendor.url}/v1/messages`, {
        json: { ...ORDER, temperature: 1 },
        headers: { authorization: `Bearer ${vendor.key}`, 'anthropic-version': version },
      });
    expect((await send('2026-10-21')).text).toContain(
      'temperature: Extra inputs are not permitted',
    );
    expect((await send('2023-06-01')).status).toBe(200);
  }));

test('the key and the version of the interface are checked', () =>
  withVendor('anthropic', async (vendor) => {
    const url = `${vendor.url}/v1/models`;
    expect((await ask(url, { headers: { 'x-api-key': vendor.key } })).text).toContain(
      'anthropic-version: header is required',
    );
    const client = new Anthropic({ apiKey: 'sk-ant-wrong', baseURL: vendor.url, maxRetries: 0 });
    await expect(client.messages.create(ORDER)).rejects.toMatchObject({
      status: 401,
      type: 'authentication_error',
    });
    vendor.faults([{ kind: 'status', status: 529 }]);
    await expect(clientOf(vendor).messages.create(ORDER)).rejects.toMatchObject({
      status: 529,
      type: 'overloaded_error',
    });
  }));
