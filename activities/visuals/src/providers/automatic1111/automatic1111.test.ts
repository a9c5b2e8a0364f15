import { expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import { testFaults, withStage, type VendorCase } from '../../testing/vendor-faults.js';
import type { VisualsStage } from '../../testing/visuals-stage.js';

const A1111: VendorCase = {
  name: 'automatic1111',
  settings: ({ url, key }) => ({ automatic1111: { url, ...(key ? { auth: key } : {}) } }),
  route: 'POST /sdapi/v1/txt2img',
};
const ORDER = { provider: 'automatic1111' } as const;
const report = async (stage: VisualsStage) =>
  (await stage.reports()).find(({ name }) => name === 'automatic1111');

testFaults(A1111);

test('a scene is asked for in one exact request, at the size that the model was trained on', () =>
  withStage(A1111, async (stage, vendor) => {
    const picture = await stage.illustrate({ ...ORDER, aspect: '9:16' });
    expect(picture).toMatchObject({ provider: 'automatic1111', widthPx: 288, heightPx: 512 });
    const requests = vendor.requests();
    expect(requests).toHaveLength(1);
    expect(requests[0]?.json).toEqual({
      prompt: expect.stringMatching(
        /^a river delta from above, documentary photograph.*, sharp focus$/,
      ),
      negative_prompt: expect.stringMatching(/^text, letters/),
      seed: expect.any(Number),
      width: 768,
      height: 1_344,
      steps: 25,
      cfg_scale: 6,
      sampler_name: 'Euler a',
      batch_size: 1,
      n_iter: 1,
      send_images: true,
      save_images: false,
      force_task_id: expect.stringMatching(/^task\(aura-[0-9a-f]{16}\)$/),
    });
    const again = await stage.illustrate({ ...ORDER, aspect: '9:16' });
    expect([again, vendor.requests().length]).toEqual([picture, 1]);
  }));

test('with a password it is sent as HTTP basic; a wrong one is a refused key, told without it', () =>
  withStage(
    A1111,
    async (stage, vendor) => {
      await stage.illustrate(ORDER);
      const basic = `Basic ${Buffer.from('aura:a canary'.replace(' ', '-')).toString('base64')}`;
      expect(vendor.requests()[0]?.headers['authorization']).toBe(basic);
      expect(await report(stage)).toMatchObject({ usable: true });
    },
    { key: 'aura:a-canary' },
  ));

test('a named checkpoint is asked for; one that is not there is named in the report', async () => {
  const settings =
    (checkpoint: string): VendorCase['settings'] =>
    ({ url }) => ({ automatic1111: { url, checkpoint } });
  await withStage(
    { ...A1111, settings: settings('v1-5-pruned-emaonly.safetensors') },
    async (stage) => {
      expect(await report(stage)).toMatchObject({ usable: true, reason: '' });
    },
  );
  await withStage({ ...A1111, settings: settings('dreams') }, async (stage, vendor) => {
    const words = expect.stringContaining('no checkpoint dreams');
    expect(await report(stage)).toMatchObject({ usable: false, reason: words });
    await expect(stage.illustrate(ORDER)).rejects.toMatchObject({
      code: 'RESOURCE_NOT_FOUND',
      message: words,
    });
    expect(vendor.bill().accepted).toBe(0);
  });
});

test('a server without --api says what to do', () =>
  withStage(
    { ...A1111, settings: ({ url }) => ({ automatic1111: { url: `${url}/elsewhere` } }) },
    async (stage) => {
      const words = expect.stringContaining('start it with --api');
      await expect(stage.illustrate(ORDER)).rejects.toMatchObject({
        code: 'INVALID_CONFIG',
        message: words,
      });
      expect(await report(stage)).toMatchObject({ usable: false, reason: words });
    },
  ));

test('a cancel stops the painting, although the next scene’s picture is waiting', () =>
  withStage(
    A1111,
    async (stage, vendor) => {
      const [first, next] = [new MockActivityEnvironment(), new MockActivityEnvironment()];
      const ended = (one: MockActivityEnvironment, index: number) =>
        one
          .run(() => stage.illustrate({ ...ORDER, scene: { index } }))
          .catch((error: unknown) => error);
      const drawing = ended(first, 1);
      for (let tries = 0; vendor.bill().accepted === 0 && tries < 400; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      const waiting = ended(next, 2);
      first.cancel();
      expect(await drawing).toMatchObject({ name: 'CancelledFailure' });
      expect(vendor.requests().map(({ path }) => path)).toContain('/sdapi/v1/interrupt');
      next.cancel();
      expect(await waiting).toMatchObject({ name: 'CancelledFailure' });
    },
    { workMs: 60_000, totalMs: 60_000 },
  ));
