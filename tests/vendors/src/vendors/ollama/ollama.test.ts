import { expect, test } from 'vitest';
import { Ollama } from 'ollama';
import { ask, withVendor } from '../../testing/kit.js';

const FORMAT = {
  type: 'object',
  required: ['scenes'],
  properties: {
    scenes: {
      type: 'array',
      minItems: 4,
      maxItems: 4,
      items: {
        type: 'object',
        required: ['narration'],
        properties: { narration: { type: 'string' } },
      },
    },
  },
};

test('the official client gets a script by schema, whole and streamed', () =>
  withVendor('ollama', async (vendor) => {
    const client = new Ollama({ host: vendor.url });
    const messages = [
      { role: 'user', content: 'Schreibe ein Skript. Language: de. Topic: Bienen' },
    ];
    const order = { model: 'llama3.2', messages, format: FORMAT, options: { temperature: 0 } };
    const whole = await client.chat({ ...order, stream: false });
    const script = JSON.parse(whole.message.content) as { scenes: { narration: string }[] };
    expect(script.scenes).toHaveLength(4);
    expect(script.scenes[0]?.narration).toMatch(/ (?:und|ist|die|der|das|es) /u);
    expect(whole).toMatchObject({ done: true, done_reason: 'stop', model: 'llama3.2' });
    expect(whole.eval_count).toBeGreaterThan(20);
    let text = '';
    for await (const part of await client.chat({ ...order, stream: true }))
      text += part.message.content;
    expect(text).toBe(whole.message.content);
    const generated = await client.generate({
      model: 'llama3.2',
      prompt: 'Say something about bees.',
    });
    expect(generated.response).toMatch(/bees/u);
    expect(vendor.bill()).toMatchObject({ accepted: 3, costUsd: 0 });
  }));

test('models are listed and shown; a missing one is named in the error', () =>
  withVendor('ollama', async (vendor) => {
    const client = new Ollama({ host: vendor.url });
    expect((await client.list()).models.map(({ name }) => name)).toEqual([
      'llama3.1:8b',
      'llama3.2:latest',
      'qwen2.5:7b',
    ]);
    expect((await client.show({ model: 'qwen2.5:7b' })).capabilities).toContain('completion');
    expect((await client.version()).version).toMatch(/^\d+\.\d+\.\d+$/u);
    const missing = client.chat({ model: 'mistral', messages: [{ role: 'user', content: 'hi' }] });
    await expect(missing).rejects.toMatchObject({
      status_code: 404,
      error: "model 'mistral' not found",
    });
    expect((await ask(vendor.url)).text).toBe('Ollama is running');
  }));

test('only the first call of a model waits for it to be loaded', () =>
  withVendor(
    'ollama',
    async (vendor) => {
      const client = new Ollama({ host: vendor.url });
      const order = { model: 'llama3.2', messages: [{ role: 'user', content: 'hi' }] };
      const first = await client.chat(order);
      const second = await client.chat(order);
      expect(first.load_duration).toBeGreaterThan(120e6);
      expect(second.load_duration).toBeLessThan(50e6);
    },
    { loadMs: 120 },
  ));

test('a format that is neither "json" nor a schema is refused in the server’s words', () =>
  withVendor('ollama', async (vendor) => {
    const reply = await ask(`${vendor.url}/api/chat`, {
      json: { model: 'llama3.2', messages: [{ role: 'user', content: 'hi' }], format: 'yaml' },
    });
    expect(reply.status).toBe(500);
    expect(reply.text).toContain('expected \\"json\\" or a valid JSON Schema object');
    const empty = await ask(`${vendor.url}/api/chat`, { method: 'POST' });
    expect([empty.status, empty.json()]).toEqual([400, { error: 'missing request body' }]);
  }));
