import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startVendor, type Vendor } from '@aura/vendors';
import { openStage, type Stage } from '../../testing/asked-models.js';
import { openaiCompatible } from './openai-compatible.js';

let vendor: Vendor;
let door: Server | undefined;
let stage: Stage;
afterEach(async () => {
  await stage.close();
  await vendor.close();
  door?.closeAllConnections();
  door?.close();
});

type Forms = ('json_schema' | 'json_object' | 'text')[];

/** A server that hands on to the vendor what it knows, and refuses forms of answers that it does not. */
async function serverThatKnows(known: Forms): Promise<{ url: string; forms: string[] }> {
  vendor = await startVendor('openai');
  const forms: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(await textOf(request)) as {
      max_tokens: number;
      response_format?: { type: string };
    };
    const form = body.response_format?.type ?? 'text';
    forms.push(form);
    if (!(known as string[]).includes(form)) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: "'response_format.type' is not supported" }));
      return;
    }
    const reply = await fetch(`${vendor.url}${request.url ?? ''}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${vendor.key}`, 'content-type': 'application/json' },
      // A server without a form of answers of its own writes as well as it can.
      body: JSON.stringify({
        ...body,
        model: 'gpt-4o-mini',
        ...(form === 'json_schema' ? {} : { response_format: schemaIn(JSON.stringify(body)) }),
      }),
    });
    response.writeHead(reply.status, { 'content-type': 'application/json' });
    response.end(await reply.text());
  };
  door = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => door?.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(door.address() as AddressInfo).port}/v1`, forms };
}

/** The schema stands in the prompt: a model that reads it keeps to it. */
function schemaIn(body: string): object {
  const { messages } = JSON.parse(body) as { messages: { content: string }[] };
  const schema = /The JSON schema of the answer:\n(\{.*\})/.exec(messages[0]?.content ?? '')?.[1];
  expect(schema).toBeDefined();
  const format = { name: 'film', strict: true, schema: JSON.parse(schema ?? '{}') as object };
  return { type: 'json_schema', json_schema: format };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) text += String(piece);
  return text;
}

test.each<[Forms, string[]]>([
  [['json_schema'], ['json_schema', 'json_schema']],
  [
    ['json_object', 'text'],
    ['json_schema', 'json_object', 'json_object'],
  ],
  [['text'], ['json_schema', 'json_object', 'text', 'text']],
])('of a server that knows %p, it finds out what it knows, and remembers', async (known, asked) => {
  const { url, forms } = await serverThatKnows(known);
  stage = await openStage(
    { openaiCompatible: { baseUrl: url, model: 'local-model' } },
    { provider: 'openai-compatible' },
  );
  const script = await stage.write();
  expect(script.provider).toBe('openai-compatible');
  await stage.write({ text: 'Volcanoes' });
  expect(forms.slice(0, asked.length)).toEqual(asked);
  expect(new Set(forms.slice(asked.length - 1)).size).toBe(1);
  expect(vendor.requests()[0]?.json).toMatchObject({ max_tokens: expect.any(Number) });
});

test('a server that refuses every form is told as a wrong setting, after three questions', async () => {
  const { url, forms } = await serverThatKnows([]);
  stage = await openStage(
    { openaiCompatible: { baseUrl: url, model: 'local-model' } },
    { provider: 'openai-compatible' },
  );
  await expect(stage.write()).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
  expect(forms).toEqual(['json_schema', 'json_object', 'text']);
});

test('a refusal that had another reason is no lesson: the strictest form is asked for again', async () => {
  const known: Forms = [];
  const { url, forms } = await serverThatKnows(known);
  stage = await openStage(
    { openaiCompatible: { baseUrl: url, model: 'local-model' } },
    { provider: 'openai-compatible' },
  );
  await expect(stage.write()).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
  known.push('json_schema', 'json_object', 'text');
  await stage.write();
  expect(forms).toEqual(['json_schema', 'json_object', 'text', 'json_schema']);
});

test('two questions at the same time find out the same', async () => {
  const { url, forms } = await serverThatKnows(['json_object']);
  stage = await openStage(
    { openaiCompatible: { baseUrl: url, model: 'local-model' } },
    { provider: 'openai-compatible' },
  );
  await Promise.all([stage.write(), stage.write({ text: 'Volcanoes' })]);
  expect(forms.toSorted()).toEqual(['json_object', 'json_object', 'json_schema', 'json_schema']);
  await stage.write({ text: 'Rivers' });
  expect(forms.at(-1)).toBe('json_object');
});

test('a server of somebody else’s is not asked under a cap while its price is not known', async () => {
  const { url, forms } = await serverThatKnows(['json_schema']);
  const provider = 'openai-compatible';
  const settingsAt = (baseUrl: string) => ({ openaiCompatible: { baseUrl, model: 'local-model' } });
  stage = await openStage(settingsAt(url.replace('127.0.0.1', '[::ffff:127.0.0.1]')), { provider });
  await expect(stage.write({ capUsd: 5 })).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
  expect(forms).toEqual([]);
  expect((await stage.write()).provider).toBe(provider);
  await stage.close();
  // One's own costs nothing, whatever the cap.
  stage = await openStage(settingsAt(url), { provider });
  expect((await stage.write({ capUsd: 0 })).provider).toBe(provider);
});

test('names the setting that is missing', async () => {
  vendor = await startVendor('openai');
  stage = await openStage(
    { openaiCompatible: { baseUrl: `${vendor.url}/v1` } },
    { provider: 'openai-compatible' },
  );
  await expect(stage.write()).rejects.toMatchObject({
    code: 'INVALID_CONFIG',
    message: 'OPENAI_COMPATIBLE_MODEL is not set.',
  });
  await expect(stage.write({ provider: 'openai' })).rejects.toMatchObject({
    code: 'MissingApiKey:OPENAI_API_KEY',
  });
  expect(vendor.requests()).toEqual([]);
});

test.each([
  ['http://127.0.0.1:1234/v1', 'local'],
  ['http://lm-studio:1234/v1', 'local'],
  ['http://192.168.1.9:8000/v1', 'local'],
  ['http://[::1]:8000/v1', 'local'],
  ['https://openrouter.ai/api/v1', 'remote'],
  ['http://172.32.0.1/v1', 'remote'],
  ['https://api.groq.com/openai/v1', 'remote'],
])('%s is %s', async (baseUrl, runs) => {
  vendor = await startVendor('openai');
  stage = await openStage({});
  const settings = { wordnetPath: '', openaiCompatible: { baseUrl, model: 'm' } };
  expect(openaiCompatible.account?.(settings).runs).toBe(runs);
});
