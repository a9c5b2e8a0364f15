import { expect, test } from 'vitest';
import OpenAI from 'openai';
import type { Vendor } from '../../start-vendor.js';
import { ask, withVendor } from '../../testing/kit.js';
import { differingBits, pictureFacts } from '../../testing/picture-facts.js';

const clientOf = (vendor: Vendor) =>
  new OpenAI({ apiKey: vendor.key, baseURL: `${vendor.url}/v1`, maxRetries: 0 });

test('gpt-image-1 gives real pictures that differ with the prompt and are priced by tokens', () =>
  withVendor('openai', async (vendor) => {
    const client = clientOf(vendor);
    const order = { model: 'gpt-image-1', size: '1536x1024', quality: 'medium' } as const;
    const [bees, ships] = await Promise.all([
      client.images.generate({ ...order, prompt: 'Bees over a meadow' }),
      client.images.generate({ ...order, prompt: 'Ships at sea', output_format: 'jpeg' }),
    ]);
    const one = await pictureFacts(Buffer.from(bees.data?.[0]?.b64_json ?? '', 'base64'));
    const other = await pictureFacts(Buffer.from(ships.data?.[0]?.b64_json ?? '', 'base64'));
    expect(one).toMatchObject({ format: 'png', widthPx: 1536, heightPx: 1024 });
    expect(other.format).toBe('jpeg');
    expect(Math.min(one.spread, other.spread)).toBeGreaterThan(15);
    expect(differingBits(one.hash, other.hash)).toBeGreaterThan(6);
    expect(bees.usage?.output_tokens).toBe(1568);
    const input = bees.usage?.input_tokens ?? 0;
    expect(vendor.bill().entries.map(({ costUsd }) => costUsd)).toContainEqual(
      (input * 5 + 1568 * 40) / 1e6,
    );
  }));

test('dall-e-3 gives an address of a picture, at its price', () =>
  withVendor('openai', async (vendor) => {
    const { data } = await clientOf(vendor).images.generate({
      model: 'dall-e-3',
      prompt: 'Bees',
      size: '1024x1792',
      quality: 'hd',
    });
    expect(data?.[0]?.revised_prompt).toContain('Bees');
    const picture = await ask(data?.[0]?.url ?? '');
    expect(await pictureFacts(picture.bytes)).toMatchObject({ widthPx: 1024, heightPx: 1792 });
    expect(vendor.bill()).toMatchObject({ accepted: 1, costUsd: 0.12 });
  }));

test.each([
  ['a size of another model', { model: 'gpt-image-1', size: '1024x1792' }, 'size', 'invalid_value'],
  [
    'a field of another model',
    { model: 'gpt-image-1', response_format: 'url' },
    'response_format',
    'unknown_parameter',
  ],
  ['two pictures of dall-e-3', { model: 'dall-e-3', n: 2 }, 'n', 'integer_above_max_value'],
  ['no prompt', { model: 'dall-e-3', prompt: '' }, 'prompt', 'empty_string'],
])('%s is refused', (...[, change, param, code]) =>
  withVendor('openai', async (vendor) => {
    const order = {
      prompt: 'Bees',
      ...change,
    } as unknown as OpenAI.ImageGenerateParamsNonStreaming;
    await expect(clientOf(vendor).images.generate(order)).rejects.toMatchObject({
      status: 400,
      param,
      code,
    });
    expect(vendor.bill().accepted).toBe(0);
  }),
);

test('a prompt that offends is refused with each model’s own code, and costs nothing', () =>
  withVendor('openai', async (vendor) => {
    vendor.faults([{ kind: 'refusal', match: 'battle' }]);
    const client = clientOf(vendor);
    const prompt = 'A battle at sea';
    await expect(client.images.generate({ model: 'gpt-image-1', prompt })).rejects.toMatchObject({
      status: 400,
      code: 'moderation_blocked',
      type: 'image_generation_user_error',
    });
    await expect(client.images.generate({ model: 'dall-e-3', prompt })).rejects.toMatchObject({
      code: 'content_policy_violation',
    });
    await client.images.generate({ model: 'gpt-image-1', prompt: 'A calm sea', quality: 'low' });
    expect(vendor.bill().accepted).toBe(1);
  }));
