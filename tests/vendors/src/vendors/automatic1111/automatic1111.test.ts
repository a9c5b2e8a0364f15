import { expect, test } from 'vitest';
import { ask, withVendor } from '../../testing/kit.js';
import { differingBits, pictureFacts } from '../../testing/picture-facts.js';

const ORDER = {
  prompt: 'Bees over a meadow',
  width: 768,
  height: 512,
  steps: 20,
  seed: 7,
  sampler_name: 'Euler a',
};

test('pictures are base64 PNG, the same for the same seed and others for another', () =>
  withVendor('automatic1111', async (vendor) => {
    const draw = async (change: object = {}) => {
      const reply = await ask(`${vendor.url}/sdapi/v1/txt2img`, { json: { ...ORDER, ...change } });
      expect(reply.status).toBe(200);
      return reply.json() as { images: string[]; info: string };
    };
    const [first, again, other] = [await draw(), await draw(), await draw({ seed: 8 })];
    expect(again.images).toEqual(first.images);
    expect(JSON.parse(first.info)).toMatchObject({ seed: 7, all_seeds: [7], width: 768 });
    const [one, two] = await Promise.all(
      [first, other].map(({ images }) => pictureFacts(Buffer.from(images[0] ?? '', 'base64'))),
    );
    expect(one).toMatchObject({ format: 'png', widthPx: 768, heightPx: 512 });
    expect(differingBits(one?.hash ?? 0n, two?.hash ?? 0n)).toBeGreaterThan(6);
    expect(vendor.bill()).toMatchObject({ accepted: 3, costUsd: 0 });
  }));

test('an interrupt ends the work early; progress can be watched meanwhile', () =>
  withVendor(
    'automatic1111',
    async (vendor) => {
      const started = Date.now();
      const drawing = ask(`${vendor.url}/sdapi/v1/txt2img`, { json: ORDER });
      await new Promise((resolve) => setTimeout(resolve, 120));
      const { progress } = (await ask(`${vendor.url}/sdapi/v1/progress`)).json();
      expect(progress).toBeGreaterThan(0.01);
      await ask(`${vendor.url}/sdapi/v1/interrupt`, { method: 'POST' });
      expect((await drawing).status).toBe(200);
      expect(Date.now() - started).toBeLessThan(15_000);
    },
    { workMs: 30_000 },
  ));

test.each([
  ['another sampler', { sampler_name: 'Magic' }, 404, 'Sampler not found'],
  ['another model', { override_settings: { sd_model_checkpoint: 'nope' } }, 404, 'Model not found'],
  ['a width that is no number', { width: 'wide' }, 422, 'int_parsing'],
  ['more pixels than the card holds', { width: 8192, height: 8192 }, 500, 'OutOfMemoryError'],
])('%s is refused in its own words', (...[, change, status, text]) =>
  withVendor('automatic1111', async (vendor) => {
    const reply = await ask(`${vendor.url}/sdapi/v1/txt2img`, { json: { ...ORDER, ...change } });
    expect(reply.status).toBe(status);
    expect(reply.text).toContain(text);
    expect(vendor.bill().accepted).toBe(0);
  }),
);

test('models are listed and switched; with a key it wants HTTP basic', () =>
  withVendor(
    'automatic1111',
    async (vendor) => {
      const headers = { authorization: `Basic ${Buffer.from('aura:secret').toString('base64')}` };
      const models = (
        await ask(`${vendor.url}/sdapi/v1/sd-models`, { headers })
      ).json() as unknown as { title: string }[];
      const title = models[1]?.title;
      await ask(`${vendor.url}/sdapi/v1/options`, {
        headers,
        json: { sd_model_checkpoint: title },
      });
      const options = (await ask(`${vendor.url}/sdapi/v1/options`, { headers })).json();
      expect(options['sd_model_checkpoint']).toBe(title);
      expect((await ask(`${vendor.url}/sdapi/v1/sd-models`)).status).toBe(401);
    },
    { key: 'aura:secret' },
  ));
