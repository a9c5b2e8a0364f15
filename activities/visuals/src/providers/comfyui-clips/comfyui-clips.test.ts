import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MockActivityEnvironment } from '@temporalio/testing';
import { probe } from '@aura/media';
import type { Fault } from '@aura/vendors';
import { CHECKPOINT, COMFYUI, OTHER_GRAPH, posted, until } from '../../testing/comfyui-case.js';
import { withStage, type VendorCase } from '../../testing/vendor-faults.js';

const VIDEO_MODEL = 'svd_xt.safetensors';
const CASE: VendorCase = {
  ...COMFYUI,
  settings: ({ url }) => ({
    comfyUi: { url, checkpoint: CHECKPOINT, videoCheckpoint: VIDEO_MODEL },
  }),
};
const ORDER = { provider: 'comfyui-clips', aspect: '16:9' } as const;

test('a scene is painted and let move in one order, and its clip runs there and back', () =>
  withStage(CASE, async (stage, vendor) => {
    const picture = await stage.illustrate(ORDER);
    expect(picture).toMatchObject({
      provider: 'comfyui-clips',
      dhash: expect.stringMatching(/^[0-9a-f]{16}$/),
      clip: { fromMs: 0, speed: 1, loop: true },
    });
    const [first, ...others] = posted(vendor);
    expect(others).toEqual([]);
    const inputs = Object.values(first?.prompt ?? {}).map((node) => node.inputs);
    expect(inputs).toEqual(
      expect.arrayContaining([
        { ckpt_name: CHECKPOINT },
        { ckpt_name: VIDEO_MODEL },
        expect.objectContaining({ text: expect.stringMatching(/^a river delta from above/) }),
        { width: 1_024, height: 576, batch_size: 1 },
        expect.objectContaining({ width: 1_024, height: 576, video_frames: 25 }),
      ]),
    );
    const file = await stage.store.localPath(picture.clip!.video);
    const asked = { file, demuxer: 'mov', codecs: ['h264'], countPackets: true };
    const { streams } = await probe('ffprobe', asked);
    const seconds = picture.clip!.toMs / 1_000;
    expect(streams).toMatchObject([{ codec: 'h264', widthPx: 456 }]);
    expect(seconds).toBeGreaterThan(5);
    const [call] = await stage.journal.calls('v1');
    expect(call).toMatchObject({ reference: first?.prompt_id, end: { outcome: 'answered' } });
    expect(await stage.illustrate(ORDER)).toEqual(picture);
    expect(posted(vendor)).toHaveLength(1);
  }));

const FAULTS: readonly [Fault, string, totalMs?: number][] = [
  [{ kind: 'work-fails', route: 'POST /prompt' }, 'API_ERROR'],
  [{ kind: 'status', status: 503, route: 'POST /prompt' }, 'API_ERROR'],
  [{ kind: 'garbage', route: 'GET /view' }, 'PictureInvalid'],
  [{ kind: 'blank-picture', route: 'GET /view' }, 'PictureInvalid'],
  [{ kind: 'reset', when: 'inside', route: 'GET /view' }, 'TransientNetworkFailure'],
  [{ kind: 'hang', afterBytes: 10, route: 'GET /view' }, 'NETWORK_TIMEOUT', 2_000],
];

test.each(FAULTS)('what it does wrong has its code: %j is %s', (fault, code, totalMs = 20_000) =>
  withStage(
    CASE,
    async (stage, vendor) => {
      vendor.faults([fault]);
      await expect(stage.illustrate(ORDER)).rejects.toMatchObject({ code });
    },
    { totalMs },
  ),
);

test('a cancel takes the order back', () =>
  withStage(
    CASE,
    async (stage, vendor) => {
      const environment = new MockActivityEnvironment();
      const making = environment.run(() => stage.illustrate(ORDER));
      const ended = expect(making).rejects.toMatchObject({ name: 'CancelledFailure' });
      await until(() => posted(vendor).length > 0);
      environment.cancel();
      await ended;
      const isEmpty = async () => {
        const queue = (await (await fetch(`${vendor.url}/queue`)).json()) as Record<string, []>;
        return Object.values(queue).every(({ length }) => length === 0);
      };
      await until(isEmpty);
    },
    { workMs: 20_000 },
  ));

test('a graph of one’s own makes clips too, and one that saves none says so', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'aura-graph-'));
  const videoWorkflowFile = path.join(folder, 'graph.json');
  const prompt = { class_type: 'CLIPTextEncode', inputs: { text: '{{prompt}}', clip: ['1', 1] } };
  const video = {
    6: OTHER_GRAPH[6],
    8: { class_type: 'CreateVideo', inputs: { images: ['6', 0], fps: 8 } },
    9: {
      class_type: 'SaveVideo',
      inputs: { video: ['8', 0], filename_prefix: 'own', format: 'mp4', codec: 'h264' },
    },
  };
  const settings: VendorCase['settings'] = ({ url }) => ({ comfyUi: { url, videoWorkflowFile } });
  const own = () =>
    withStage({ ...CASE, settings }, async (stage) => {
      expect((await stage.illustrate(ORDER)).clip?.toMs).toBeGreaterThan(500);
    });
  try {
    await writeFile(videoWorkflowFile, JSON.stringify({ ...OTHER_GRAPH, 2: prompt, ...video }));
    await own();
    await writeFile(videoWorkflowFile, JSON.stringify({ ...OTHER_GRAPH, 2: prompt }));
    await expect(own()).rejects.toMatchObject({ code: 'PictureInvalid' });
    await writeFile(videoWorkflowFile, '{"nodes": []}');
    await expect(own()).rejects.toMatchObject({
      code: 'INVALID_CONFIG',
      message: expect.stringMatching(/COMFYUI_VIDEO_WORKFLOW/),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('without a model that lets pictures move it is not configured, and one that is not there is told', async () => {
  const reportBy = (comfyUi: object) =>
    new Promise<object | undefined>((resolve, reject) => {
      const settings: VendorCase['settings'] = ({ url }) => ({ comfyUi: { url, ...comfyUi } });
      withStage({ ...CASE, settings }, async (stage) => {
        resolve((await stage.reports()).find(({ name }) => name === 'comfyui-clips'));
      }).catch(reject);
    });
  expect(await reportBy({})).toMatchObject({
    usable: false,
    code: 'MissingApiKey:COMFYUI_VIDEO_CHECKPOINT',
  });
  expect(await reportBy({ videoCheckpoint: VIDEO_MODEL })).toMatchObject({ usable: true });
  expect(await reportBy({ videoCheckpoint: 'none.safetensors' })).toMatchObject({
    usable: false,
    code: 'RESOURCE_NOT_FOUND',
  });
});
