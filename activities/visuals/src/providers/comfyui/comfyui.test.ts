import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Vendor } from '@aura/vendors';
import { testFaults, withStage, type VendorCase } from '../../testing/vendor-faults.js';
import type { VisualsStage } from '../../testing/visuals-stage.js';

const CHECKPOINT = 'sd_xl_base_1.0.safetensors';
const COMFYUI: VendorCase = {
  name: 'comfyui',
  settings: ({ url }) => ({ comfyUi: { url, checkpoint: CHECKPOINT } }),
  route: 'POST /prompt',
  fileRoute: 'GET /view',
};
const ORDER = { provider: 'comfyui' } as const;

testFaults(COMFYUI);

interface Posted {
  prompt: Record<string, { class_type: string; inputs: Record<string, unknown> }>;
  prompt_id: string;
  client_id: string;
}
const posted = (vendor: Vendor) =>
  vendor
    .requests()
    .filter(({ method, path }) => method === 'POST' && path === '/prompt')
    .map(({ json }) => json as Posted);
const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let tries = 0; !(await holds()) && tries < 400; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await holds()).toBe(true);
};
const queueOf = async (vendor: Vendor) =>
  (await (await fetch(`${vendor.url}/queue`)).json()) as {
    queue_running: unknown[];
    queue_pending: unknown[];
  };

test('a scene is ordered with the shipped graph, looked up and fetched', () =>
  withStage(
    COMFYUI,
    async (stage, vendor) => {
      const picture = await stage.illustrate({ ...ORDER, aspect: '16:9' });
      expect(picture).toMatchObject({ provider: 'comfyui', widthPx: 512, heightPx: 288 });
      const [first] = posted(vendor);
      const inputs = Object.values(first?.prompt ?? {}).map((node) => node.inputs);
      expect(inputs).toEqual(
        expect.arrayContaining([
          { ckpt_name: CHECKPOINT },
          expect.objectContaining({
            text: expect.stringMatching(/^a river delta from above, documentary photograph/),
          }),
          expect.objectContaining({ text: expect.stringMatching(/^text, letters/) }),
          { width: 1_344, height: 768, batch_size: 1 },
          expect.objectContaining({ seed: expect.any(Number), steps: 25 }),
        ]),
      );
      const [call, ...others] = await stage.journal.calls('v1');
      expect(others).toEqual([]);
      expect(call).toMatchObject({
        reference: first?.prompt_id,
        end: { outcome: 'answered', costUsd: 0 },
      });
      expect(await stage.illustrate({ ...ORDER, aspect: '16:9' })).toEqual(picture);
      expect(posted(vendor)).toHaveLength(1);
    },
    { workMs: 300 },
  ));

test('scenes of one film share the style and count on with their seeds; another take is another picture', () =>
  withStage(COMFYUI, async (stage, vendor) => {
    const [one, two, take] = [
      await stage.illustrate(ORDER),
      await stage.illustrate({ ...ORDER, scene: { index: 2, visualPrompt: 'a glacier' } }),
      await stage.illustrate({ ...ORDER, take: 1 }),
    ];
    const seeds = posted(vendor).map(({ prompt }) =>
      Object.values(prompt).flatMap(({ inputs }) =>
        typeof inputs['seed'] === 'number' ? [inputs['seed']] : [],
      ),
    );
    const [[first = 0] = [], [second] = [], [third] = []] = seeds;
    expect([second, third]).toEqual([first + 1, first + 1_000]);
    expect(new Set([one, two, take].map(({ image }) => image.sha256)).size).toBe(3);
  }));

test('an order that a killed worker has left is looked up, not ordered again', () =>
  withStage(
    COMFYUI,
    async (stage, vendor) => {
      const killed = new MockActivityEnvironment();
      const dying = killed.run(() => stage.illustrate(ORDER)).catch((error: unknown) => error);
      await until(() => posted(vendor).length === 1);
      // A shutdown leaves the order in the queue, as a kill does.
      killed.cancel('WORKER_SHUTDOWN');
      expect(await dying).toMatchObject({ name: 'CancelledFailure' });
      const picture = await stage.illustrate(ORDER);
      expect(picture.provider).toBe('comfyui');
      expect(posted(vendor)).toHaveLength(1);
    },
    { workMs: 700 },
  ));

test('the reply to an order is lost: the picture is found under the id that we chose', () =>
  withStage(COMFYUI, async (stage, vendor) => {
    vendor.faults([{ kind: 'lost-reply', route: 'POST /prompt', calls: 1 }]);
    await expect(stage.illustrate(ORDER)).rejects.toMatchObject({
      code: 'TransientNetworkFailure',
    });
    expect(await stage.journal.unknownCalls('v1', { isOver: true })).toHaveLength(1);
    expect((await stage.illustrate(ORDER)).provider).toBe('comfyui');
    expect(vendor.bill().accepted).toBe(1);
    expect(await stage.journal.unknownCalls('v1', { isOver: true })).toEqual([]);
  }));

test('an order that the server has forgotten is given again', () =>
  withStage(COMFYUI, async (stage, vendor) => {
    vendor.faults([{ kind: 'reset', when: 'before', route: 'GET /view', calls: 1 }]);
    await expect(stage.illustrate(ORDER)).rejects.toMatchObject({
      code: 'TransientNetworkFailure',
    });
    await fetch(`${vendor.url}/history`, { method: 'POST', body: '{"clear":true}' });
    expect((await stage.illustrate(ORDER)).provider).toBe('comfyui');
    expect(posted(vendor)).toHaveLength(2);
  }));

const canceled = async (stage: VisualsStage, ready: () => Promise<boolean>) => {
  const environment = new MockActivityEnvironment();
  const drawing = environment.run(() => stage.illustrate(ORDER)).catch((error: unknown) => error);
  await until(ready);
  environment.cancel();
  expect(await drawing).toMatchObject({ name: 'CancelledFailure' });
};

test('a cancel stops the picture that is being painted', () =>
  withStage(
    COMFYUI,
    async (stage, vendor) => {
      await canceled(stage, async () => (await queueOf(vendor)).queue_running.length === 1);
      await until(async () => (await queueOf(vendor)).queue_running.length === 0);
    },
    { workMs: 60_000 },
  ));

test('a cancel takes a waiting order out of the queue and leaves what others are painting', () =>
  withStage(
    COMFYUI,
    async (stage, vendor) => {
      const theirs = OTHERS;
      await fetch(`${vendor.url}/prompt`, {
        method: 'POST',
        body: JSON.stringify({ prompt: theirs }),
      });
      await canceled(stage, async () => (await queueOf(vendor)).queue_pending.length === 1);
      await until(async () => (await queueOf(vendor)).queue_pending.length === 0);
      expect((await queueOf(vendor)).queue_running).toHaveLength(1);
    },
    { workMs: 60_000 },
  ));
const OTHERS = {
  1: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: CHECKPOINT } },
  2: { class_type: 'CLIPTextEncode', inputs: { text: 'theirs', clip: ['1', 1] } },
  4: { class_type: 'EmptyLatentImage', inputs: { width: 512, height: 512, batch_size: 1 } },
  5: {
    class_type: 'KSampler',
    inputs: {
      model: ['1', 0],
      positive: ['2', 0],
      negative: ['2', 0],
      latent_image: ['4', 0],
      seed: 1,
      steps: 4,
      cfg: 6,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
    },
  },
  6: { class_type: 'VAEDecode', inputs: { samples: ['5', 0], vae: ['1', 2] } },
  7: { class_type: 'SaveImage', inputs: { images: ['6', 0], filename_prefix: 'theirs' } },
};

test('a picture that takes too long is given up and taken back', () =>
  withStage(
    {
      ...COMFYUI,
      settings: ({ url }) => ({ comfyUi: { url, checkpoint: CHECKPOINT, pictureMs: 500 } }),
    },
    async (stage, vendor) => {
      await expect(stage.illustrate(ORDER)).rejects.toMatchObject({ code: 'NETWORK_TIMEOUT' });
      await until(async () => (await queueOf(vendor)).queue_running.length === 0);
    },
    { workMs: 60_000 },
  ));

test('work that fails on the card says why to operators, and another attempt orders it again', () =>
  withStage(COMFYUI, async (stage, vendor) => {
    vendor.faults([{ kind: 'work-fails', route: 'POST /prompt', calls: 1 }]);
    await expect(stage.illustrate(ORDER)).rejects.toMatchObject({
      code: 'API_ERROR',
      details: expect.stringContaining('Allocation on device'),
    });
    expect((await stage.illustrate(ORDER)).provider).toBe('comfyui');
    expect(posted(vendor)).toHaveLength(2);
  }));

test('a checkpoint that is not there is named, in the order and in the report', () =>
  withStage(
    { ...COMFYUI, settings: ({ url }) => ({ comfyUi: { url, checkpoint: 'none.safetensors' } }) },
    async (stage) => {
      const words = /no checkpoint none\.safetensors: put it into models\/checkpoints/;
      await expect(stage.illustrate(ORDER)).rejects.toMatchObject({
        code: 'RESOURCE_NOT_FOUND',
        message: expect.stringMatching(words),
      });
      const report = (await stage.reports()).find(({ name }) => name === 'comfyui');
      expect(report).toMatchObject({
        usable: false,
        code: 'RESOURCE_NOT_FOUND',
        reason: expect.stringMatching(words),
        facts: { configured: true, remote: false, models: expect.arrayContaining([CHECKPOINT]) },
      });
    },
  ));

test('without a named checkpoint the first of the list is taken; without any the report says so', async () => {
  const settings: VendorCase['settings'] = ({ url }) => ({ comfyUi: { url } });
  await withStage({ ...COMFYUI, settings }, async (stage, vendor) => {
    expect((await stage.illustrate(ORDER)).provider).toBe('comfyui');
    expect(JSON.stringify(posted(vendor)[0]?.prompt)).toContain(CHECKPOINT);
  });
  await withStage(
    { ...COMFYUI, settings },
    async (stage) => {
      const report = (await stage.reports()).find(({ name }) => name === 'comfyui');
      expect(report).toMatchObject({
        usable: false,
        reason: expect.stringContaining('no checkpoint'),
      });
    },
    { models: [] },
  );
});

test('a graph of one’s own is filled as data; one without a place for the prompt is refused', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-graph-'));
  const file = path.join(folder, 'graph.json');
  const own = structuredClone(OTHERS) as Record<string, { inputs: Record<string, unknown> }>;
  const settings: VendorCase['settings'] = ({ url }) => ({ comfyUi: { url, workflowFile: file } });
  const report = async (stage: VisualsStage) =>
    (await stage.reports()).find(({ name }) => name === 'comfyui');
  try {
    await withStage({ ...COMFYUI, settings }, async (stage, vendor) => {
      for (const text of ['{', '[]', '{"1":{"inputs":{}}}', JSON.stringify(own)]) {
        await writeFile(file, text);
        await expect(stage.illustrate(ORDER)).rejects.toMatchObject({ code: 'INVALID_CONFIG' });
        expect(await report(stage)).toMatchObject({ usable: false, code: 'INVALID_CONFIG' });
      }
      own['2']!.inputs['text'] = '{{prompt}}';
      await writeFile(file, JSON.stringify(own));
      const hostile = '{{seed}} (weight:1.9) <lora:evil:1> embedding:bad {a|b} __wild__ BREAK';
      await stage.illustrate({ ...ORDER, scene: { visualPrompt: hostile } });
      const { text } = posted(vendor)[0]?.prompt['2']?.inputs as { text: string };
      expect(text).toMatch(
        /^seed weight 1\.9 lora evil 1 embedding bad a b wild break, documentary/,
      );
      expect(await report(stage)).toMatchObject({ usable: true });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a server that is not there is known quickly, and never counts against its breaker', () =>
  withStage(
    { ...COMFYUI, settings: () => ({ comfyUi: { url: 'http://127.0.0.1:9' } }) },
    async (stage) => {
      const started = performance.now();
      const report = (await stage.reports()).find(({ name }) => name === 'comfyui');
      expect(performance.now() - started).toBeLessThan(3_000);
      expect(report).toMatchObject({
        usable: false,
        code: 'TransientNetworkFailure',
        health: { breaker: 'closed', calls: 0 },
      });
      expect(report?.reason).toContain('not running at 127.0.0.1:9');
    },
  ));
