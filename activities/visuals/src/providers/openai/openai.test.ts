import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { openAiAccount } from '@aura/provider';
import sharp from 'sharp';
import { testFaults, withStage, type VendorCase } from '../../testing/vendor-faults.js';
import { sceneRequest, visualsStage, type VisualsStage } from '../../testing/visuals-stage.js';
import { orderOf } from './openai-order.js';

const OPENAI: VendorCase = {
  name: 'openai',
  settings: ({ url, key }) => ({ openAi: { key, baseUrl: `${url}/v1` } }),
  route: 'POST /v1/images/generations',
};

testFaults(OPENAI);

test('a scene is asked for in one exact request, and its ledger is the vendor’s bill', () =>
  withStage(OPENAI, async (stage, vendor) => {
    const picture = await stage.illustrate({ provider: 'openai', aspect: '16:9' });
    expect(picture).toMatchObject({
      provider: 'openai',
      warnings: [],
      dhash: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(picture.attribution).toBeUndefined();
    const { width, height, format } = await sharp(await stage.bytesOf(picture)).metadata();
    expect({ width, height, format }).toEqual({ width: 512, height: 288, format: 'png' });
    const [request, ...others] = vendor.requests();
    expect(others).toEqual([]);
    expect(request?.json).toEqual({
      model: 'gpt-image-1',
      n: 1,
      size: '1536x1024',
      quality: 'low',
      prompt:
        'a river delta from above. Style of the whole film: documentary photograph, natural light, 35 mm lens, ' +
        `true to life, ${COLOURS}. No text, no letters, no captions, no logos, no watermark.`,
    });
    const { accepted, costUsd } = vendor.bill();
    const { sureUsd, possibleUsd } = await stage.journal.spent('v1');
    expect([accepted, possibleUsd]).toEqual([1, 0]);
    expect(sureUsd).toBeCloseTo(costUsd, 8);
    expect(await stage.illustrate({ provider: 'openai', aspect: '16:9' })).toEqual(picture);
    expect(vendor.bill().accepted).toBe(1);
  }));
const COLOURS = 'cool blues and greys with a touch of amber';

test('a refused prompt is softened once; a second refusal stands', () =>
  withStage(OPENAI, async (stage, vendor) => {
    vendor.faults([{ kind: 'refusal', calls: 1 }]);
    const picture = await stage.illustrate({ provider: 'openai' });
    expect(picture.provider).toBe('openai');
    const prompts = vendor.requests().map(({ json }) => (json as { prompt: string }).prompt);
    expect(prompts[1]).toContain('still life that quietly suggests: water.');
    expect(prompts[1]).not.toContain('delta');
    vendor.faults([{ kind: 'refusal' }]);
    const again = stage.illustrate({ provider: 'openai', take: 1 });
    await expect(again).rejects.toMatchObject({ code: 'CONTENT_REFUSED', retryable: false });
    expect(vendor.bill().accepted).toBe(1);
    const ends = (await stage.journal.calls('v1')).map(({ end }) => end?.outcome);
    expect(ends).toEqual(['refused', 'answered', 'refused', 'refused']);
  }));

test('over the cap nothing is sent', () =>
  withStage(OPENAI, async (stage, vendor) => {
    const poor = stage.illustrate({ provider: 'openai', quality: 'maximum', job: { capUsd: 0.2 } });
    await expect(poor).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(vendor.requests()).toEqual([]);
  }));

test('a billed reply that is lost stands in the journal as an unknown outcome', () =>
  withStage(OPENAI, async (stage, vendor) => {
    vendor.faults([{ kind: 'lost-reply', calls: 1 }]);
    await expect(stage.illustrate({ provider: 'openai' })).rejects.toMatchObject({
      code: 'TransientNetworkFailure',
    });
    expect(vendor.bill().accepted).toBe(1);
    const { sureUsd, possibleUsd } = await stage.journal.spent('v1');
    expect([sureUsd, possibleUsd >= vendor.bill().costUsd]).toEqual([0, true]);
  }));

test('an older model is asked in its own words, and paid by the picture', () =>
  withStage(
    {
      ...OPENAI,
      settings: ({ url, key }) => ({ openAi: { key, baseUrl: `${url}/v1`, model: 'dall-e-3' } }),
    },
    async (stage, vendor) => {
      await stage.illustrate({ provider: 'openai', aspect: '9:16', quality: 'maximum' });
      expect(vendor.requests()[0]?.json).toMatchObject({
        model: 'dall-e-3',
        size: '1024x1792',
        quality: 'hd',
        response_format: 'b64_json',
      });
      expect((await stage.journal.spent('v1')).sureUsd).toBeCloseTo(vendor.bill().costUsd, 8);
    },
  ));

test.each([
  ['16:9', 'draft', '1536x1024', 'low'],
  ['9:16', 'standard', '1024x1536', 'medium'],
  ['1:1', 'premium', '1024x1024', 'medium'],
  ['4:5', 'maximum', '1024x1536', 'high'],
])(
  'the size fits the aspect %s, the quality that of the film: %s',
  (aspect, quality, size, wanted) => {
    const { render } = sceneRequest({ aspect, quality });
    expect(orderOf(render, { model: 'gpt-image-1' })).toMatchObject({ size, quality: wanted });
    expect(orderOf(render, { model: 'gpt-image-1', quality: 'high' }).quality).toBe('high');
  },
);

test('a script’s words stay words: control characters, length and markup do no harm', () =>
  withStage(OPENAI, async (stage, vendor) => {
    const visualPrompt = `a\u0000b\u202Ec {{prompt}} "quote" \n\n # ${'long '.repeat(400)}`;
    await stage.illustrate({ provider: 'openai', scene: { visualPrompt } });
    const { prompt } = Object(vendor.requests()[0]?.json) as { prompt: string };
    expect(prompt).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(prompt).toContain('a bc {{prompt}} "quote" # long');
    expect(prompt.length).toBeLessThan(700);
  }));

test('the key is on the wire, and neither in the journal nor in a report', () =>
  withStage(OPENAI, async (stage, vendor) => {
    await stage.illustrate({ provider: 'openai' });
    expect(vendor.requests()[0]?.headers['authorization']).toBe(`Bearer ${vendor.key}`);
    expect(await stage.journalText()).not.toContain(vendor.key);
    expect(JSON.stringify(await stage.reports())).not.toContain(vendor.key);
  }));

test('the report knows the model, and a key that is refused', () =>
  withStage(OPENAI, async (stage, vendor) => {
    const [own] = await stage.reports();
    expect(own).toMatchObject({
      name: 'openai',
      usable: true,
      facts: { configured: true, remote: true },
    });
    expect(own?.facts?.models).toContain('gpt-image-1');
    expect(own?.facts?.account).toMatch(/^openai@127\.0\.0\.1/);
    vendor.faults([{ kind: 'unauthorized' }]);
    const other = await visualsStage({
      openAi: { key: 'sk-another', baseUrl: `${vendor.url}/v1` },
    });
    expect((await other.reports())[0]).toMatchObject({ usable: false, code: 'AUTH_FAILED' });
    await other.close();
    expect(vendor.bill().accepted).toBe(0);
  }));

test('a key whose scripts fail paints all the same', () =>
  withStage(OPENAI, async (stage, vendor) => {
    vendor.faults([{ kind: 'status', status: 500, route: 'POST /v1/chat/completions' }]);
    const account = openAiAccount({ key: vendor.key, baseUrl: `${vendor.url}/v1` });
    const chat = { account, endpoint: 'chat', path: '/chat/completions', json: {} };
    for (let calls = 0; calls < 5; calls += 1) {
      await expect(stage.vendors.callVendor(chat)).rejects.toMatchObject({ code: 'API_ERROR' });
    }
    await expect(stage.vendors.callVendor(chat)).rejects.toMatchObject({ code: 'CIRCUIT_OPEN' });
    const [own] = await stage.reports();
    expect(own).toMatchObject({ usable: true, health: { breaker: 'closed', failures: 0 } });
  }));

/** A server of this protocol that names an address, and gives out its picture from the second question on. */
async function withAddresses(
  status: number,
  run: (stage: VisualsStage, counts: { paid: number; fetched: number }) => Promise<void>,
): Promise<void> {
  const counts = { paid: 0, fetched: 0 };
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  const size = { width: 512, height: 512, channels: 3 } as const;
  const png = await sharp({ create: { ...size, background: '#888', noise } })
    .png()
    .toBuffer();
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      counts.fetched += 1;
      response.statusCode = counts.fetched === 1 ? status : 200;
      return response.end(counts.fetched === 1 ? '' : png);
    }
    counts.paid += 1;
    response.setHeader('content-type', 'application/json');
    const url = `http://${request.headers.host}/picture.png`;
    return response.end(JSON.stringify({ data: [{ url }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stage = await visualsStage({
    openAi: { key: 'sk-own', baseUrl: `http://127.0.0.1:${port}/v1` },
  });
  try {
    await run(stage, counts);
  } finally {
    await stage.close();
    server.closeAllConnections();
    server.close();
  }
}

test('a picture that could not be fetched this time is not paid for again', () =>
  withAddresses(503, async (stage, counts) => {
    const order = { provider: 'openai' };
    await expect(stage.illustrate(order)).rejects.toMatchObject({ retryable: true });
    expect((await stage.illustrate(order)).provider).toBe('openai');
    expect(counts).toEqual({ paid: 1, fetched: 2 });
  }));

test('a picture whose address gives nothing is asked for anew', () =>
  withAddresses(404, async (stage, counts) => {
    const order = { provider: 'openai' };
    await expect(stage.illustrate(order)).rejects.toMatchObject({ code: 'PictureInvalid' });
    expect((await stage.illustrate(order)).provider).toBe('openai');
    expect(counts).toEqual({ paid: 2, fetched: 2 });
  }));

test('a picture that shows nothing is asked for anew', () =>
  withStage(OPENAI, async (stage, vendor) => {
    vendor.faults([{ kind: 'blank-picture', calls: 1 }]);
    const order = { provider: 'openai' };
    await expect(stage.illustrate(order)).rejects.toMatchObject({ code: 'PictureInvalid' });
    expect((await stage.illustrate(order)).provider).toBe('openai');
    expect(vendor.bill().accepted).toBe(2);
  }));

test.each([
  {},
  { data: 7 },
  { data: [null] },
  { data: [{ b64_json: 42 }] },
  { data: [{ url: 7 }] },
])('a reply like %j is the vendor’s fault, not ours', async (body) => {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  const stage = await visualsStage({ openAi: { key: 'sk-own', baseUrl } });
  const failure: unknown = await stage
    .illustrate({ provider: 'openai' })
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'Failure', entry: { fault: 'provider' } });
  await stage.close();
  server.closeAllConnections();
  server.close();
});

test('under a cap a model whose price nobody knows is not asked', () =>
  withStage(
    {
      ...OPENAI,
      settings: ({ url, key }) => ({
        openAi: { key, baseUrl: `${url}/v1`, model: 'gpt-image-of-tomorrow' },
      }),
    },
    async (stage, vendor) => {
      const capped = stage.illustrate({ provider: 'openai', job: { capUsd: 100 } });
      await expect(capped).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' });
      expect(vendor.requests()).toEqual([]);
    },
  ));
