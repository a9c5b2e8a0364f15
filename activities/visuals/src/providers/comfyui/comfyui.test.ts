import { expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import { freePrice, isUnknownCall } from '@aura/provider';
import type { Vendor } from '@aura/vendors';
import {
  CHECKPOINT,
  COMFYUI,
  ORDER,
  OTHER_GRAPH,
  posted,
  until,
} from '../../testing/comfyui-case.js';
import { testFaults, withStage } from '../../testing/vendor-faults.js';
import { visualsStage, type VisualsStage } from '../../testing/visuals-stage.js';

testFaults(COMFYUI);

const unknownCalls = async ({ journal }: VisualsStage) =>
  (await journal.calls('v1')).filter(isUnknownCall);

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
    expect(await unknownCalls(stage)).toHaveLength(1);
    expect((await stage.illustrate(ORDER)).provider).toBe('comfyui');
    expect(vendor.bill().accepted).toBe(1);
    expect(await unknownCalls(stage)).toEqual([]);
  }));

test('a server that chooses ids by itself is asked by our name what became of a lost reply', () =>
  withStage(COMFYUI, async (stage, vendor) => {
    const first = await stage.illustrate(ORDER);
    const [order] = posted(vendor);
    // As an older server has it: done under an id that we have never heard of.
    await fetch(`${vendor.url}/history`, { method: 'POST', body: '{"clear":true}' });
    await fetch(`${vendor.url}/prompt`, {
      method: 'POST',
      body: JSON.stringify({ prompt: order?.prompt, client_id: order?.client_id }),
    });
    const other = await visualsStage(COMFYUI.settings(vendor));
    const expense = {
      videoId: 'v1',
      unitKey: first.unitKey,
      provider: 'comfyui',
      price: freePrice('comfyui'),
      worst: {},
      reference: 'never-heard-of',
      capUsd: undefined,
    };
    const call = { vendor: 'comfyui', accountId: '', endpoint: '', model: '', totalMs: 1 };
    await other.journal.open(expense, call);
    expect((await other.illustrate(ORDER)).image).toEqual(first.image);
    expect(posted(vendor)).toHaveLength(2);
    expect(await unknownCalls(other)).toEqual([]);
    await other.close();
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

test('a picture that is being painted is not ordered again because a question was not answered in time', () =>
  withStage(
    COMFYUI,
    async (stage, vendor) => {
      const slow = { kind: 'slow', firstByteMs: 60_000 } as const;
      vendor.faults([{ ...slow, route: 'GET /history/*', calls: 1 }]);
      await expect(stage.illustrate(ORDER)).rejects.toMatchObject({ code: 'NETWORK_TIMEOUT' });
      expect((await stage.illustrate(ORDER)).provider).toBe('comfyui');
      expect(posted(vendor)).toHaveLength(1);
    },
    { totalMs: 800, workMs: 2_000 },
  ));

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
      const theirs = OTHER_GRAPH;
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
