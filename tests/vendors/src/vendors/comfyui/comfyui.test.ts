import { expect, test } from 'vitest';
import type { Vendor } from '../../start-vendor.js';
import { ask, withVendor } from '../../testing/kit.js';
import { pictureFacts } from '../../testing/picture-facts.js';

const workflow = (change: Record<string, object> = {}) => ({
  '1': {
    class_type: 'CheckpointLoaderSimple',
    inputs: { ckpt_name: 'sd_xl_base_1.0.safetensors' },
  },
  '2': { class_type: 'CLIPTextEncode', inputs: { text: 'Bees over a meadow', clip: ['1', 1] } },
  '3': { class_type: 'CLIPTextEncode', inputs: { text: 'blurry', clip: ['1', 1] } },
  '4': { class_type: 'EmptyLatentImage', inputs: { width: 768, height: 512, batch_size: 1 } },
  '5': {
    class_type: 'KSampler',
    inputs: {
      model: ['1', 0],
      positive: ['2', 0],
      negative: ['3', 0],
      latent_image: ['4', 0],
      seed: 7,
      steps: 20,
      cfg: 7,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
      ...change['5'],
    },
  },
  '6': { class_type: 'VAEDecode', inputs: { samples: ['5', 0], vae: ['1', 2] } },
  '7': {
    class_type: 'SaveImage',
    inputs: { images: ['6', 0], filename_prefix: 'aura', ...change['7'] },
  },
});

interface Entry {
  outputs: Record<string, { images: { filename: string; subfolder: string; type: string }[] }>;
  status: { status_str: string; completed: boolean; messages: [string, object][] };
}

const finished = async (vendor: Vendor, id: string): Promise<Entry> => {
  for (let tries = 0; tries < 400; tries += 1) {
    const entry = (await ask(`${vendor.url}/history/${id}`)).json()[id] as Entry | undefined;
    if (entry) return entry;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`prompt ${id} did not end`);
};

test('a workflow is queued, found in the history under the client’s own id, and its picture is there', () =>
  withVendor('comfyui', async (vendor) => {
    const reply = await ask(`${vendor.url}/prompt`, {
      json: { prompt: workflow(), prompt_id: 'mine-1', client_id: 'aura' },
    });
    expect(reply.json()).toEqual({ prompt_id: 'mine-1', number: 0, node_errors: {} });
    const { outputs, status } = await finished(vendor, 'mine-1');
    expect(status).toMatchObject({ status_str: 'success', completed: true });
    const image = outputs['7']?.images[0];
    expect(image).toEqual({ filename: 'aura_00001_.png', subfolder: '', type: 'output' });
    const file = await ask(`${vendor.url}/api/view?${new URLSearchParams(image).toString()}`);
    expect(await pictureFacts(file.bytes)).toMatchObject({
      format: 'png',
      widthPx: 768,
      heightPx: 512,
    });
    expect((await ask(`${vendor.url}/view?filename=../x.png`)).status).toBe(400);
    expect((await ask(`${vendor.url}/view?filename=x.png`)).status).toBe(404);
    expect(vendor.bill().accepted).toBe(1);
  }));

test('a clip is made from an uploaded picture', () =>
  withVendor('comfyui', async (vendor) => {
    const form = new FormData();
    form.append('image', new Blob(['picture']), 'start.png');
    const uploaded = await fetch(`${vendor.url}/upload/image`, { method: 'POST', body: form });
    expect(await uploaded.json()).toEqual({ name: 'start.png', subfolder: '', type: 'input' });
    const prompt = {
      '1': { class_type: 'ImageOnlyCheckpointLoader', inputs: { ckpt_name: 'svd_xt.safetensors' } },
      '2': { class_type: 'LoadImage', inputs: { image: 'start.png' } },
      '3': {
        class_type: 'SVD_img2vid_Conditioning',
        inputs: {
          clip_vision: ['1', 1],
          init_image: ['2', 0],
          vae: ['1', 2],
          width: 320,
          height: 192,
          video_frames: 14,
          motion_bucket_id: 127,
          fps: 7,
          augmentation_level: 0,
        },
      },
      '4': {
        class_type: 'KSampler',
        inputs: {
          model: ['1', 0],
          positive: ['3', 0],
          negative: ['3', 1],
          latent_image: ['3', 2],
          seed: 1,
          steps: 20,
          cfg: 2.5,
          sampler_name: 'euler',
          scheduler: 'karras',
          denoise: 1,
        },
      },
      '5': { class_type: 'VAEDecode', inputs: { samples: ['4', 0], vae: ['1', 2] } },
      '6': { class_type: 'CreateVideo', inputs: { images: ['5', 0], fps: 7 } },
      '7': {
        class_type: 'SaveVideo',
        inputs: { video: ['6', 0], filename_prefix: 'video/aura', format: 'mp4', codec: 'h264' },
      },
    };
    const { prompt_id: id } = (await ask(`${vendor.url}/prompt`, { json: { prompt } })).json();
    const { outputs } = await finished(vendor, id as string);
    const file = await ask(
      `${vendor.url}/view?${new URLSearchParams(outputs['7']?.images[0]).toString()}`,
    );
    expect(file.headers.get('content-type')).toBe('video/mp4');
    expect(file.bytes.subarray(4, 8).toString()).toBe('ftyp');
    const missing = await ask(`${vendor.url}/prompt`, {
      json: {
        prompt: { ...prompt, '2': { class_type: 'LoadImage', inputs: { image: 'other.png' } } },
      },
    });
    expect(missing.text).toContain('Invalid image file: other.png');
  }));

test.each([
  [
    'a node that does not exist',
    { ...workflow(), '9': { class_type: 'Magic', inputs: {} } },
    'node Magic does not exist',
  ],
  [
    'a sampler that does not exist',
    workflow({ '5': { sampler_name: 'magic' } }),
    'Value not in list',
  ],
  [
    'a missing input',
    workflow({ '7': { filename_prefix: undefined } }),
    'Required input is missing',
  ],
  ['too many steps', workflow({ '5': { steps: 20_000 } }), 'bigger than max of 10000'],
  ['a wrong link', workflow({ '7': { images: ['1', 0] } }), 'Return type mismatch'],
  ['no output', { '1': workflow()['1'] }, 'Prompt has no outputs'],
])('%s is refused node by node', (...[, prompt, text]) =>
  withVendor('comfyui', async (vendor) => {
    const reply = await ask(`${vendor.url}/prompt`, { json: { prompt } });
    expect(reply.status).toBe(400);
    expect(reply.text).toContain(text);
    expect(vendor.bill().accepted).toBe(0);
  }),
);

test('prompts run one after the other; waiting ones can be taken out and the running one interrupted', () =>
  withVendor(
    'comfyui',
    async (vendor) => {
      for (const id of ['a', 'b', 'c']) {
        await ask(`${vendor.url}/prompt`, { json: { prompt: workflow(), prompt_id: id } });
      }
      const queue = (await ask(`${vendor.url}/queue`)).json() as Record<string, [number, string][]>;
      expect(queue['queue_running']?.map(([, id]) => id)).toEqual(['a']);
      expect(queue['queue_pending']?.map(([, id]) => id)).toEqual(['b', 'c']);
      await ask(`${vendor.url}/queue`, { json: { delete: ['b'] } });
      await ask(`${vendor.url}/interrupt`, { json: { prompt_id: 'c' } });
      expect((await ask(`${vendor.url}/history/a`)).json()).toEqual({});
      await ask(`${vendor.url}/interrupt`, { json: { prompt_id: 'a' } });
      const { status } = await finished(vendor, 'a');
      expect(status).toMatchObject({ status_str: 'error', completed: false });
      expect(status.messages.at(-1)?.[0]).toBe('execution_interrupted');
    },
    { workMs: 20_000 },
  ));

test('work that fails is found in the history as an error; a lost reply can be looked up by its id', () =>
  withVendor('comfyui', async (vendor) => {
    vendor.faults([
      { kind: 'work-fails', route: 'POST /prompt', calls: 1 },
      { kind: 'lost-reply', route: 'POST /prompt', calls: 2 },
    ]);
    await ask(`${vendor.url}/prompt`, { json: { prompt: workflow(), prompt_id: 'a' } });
    const failed = await finished(vendor, 'a');
    expect(failed.status.status_str).toBe('error');
    expect(JSON.stringify(failed.status.messages)).toContain('torch.OutOfMemoryError');
    const lost = ask(`${vendor.url}/prompt`, { json: { prompt: workflow(), prompt_id: 'b' } });
    await expect(lost).rejects.toThrow('fetch failed');
    expect((await finished(vendor, 'b')).status.completed).toBe(true);
    expect(vendor.bill().accepted).toBe(2);
  }));

test('the nodes and the machine can be asked for', () =>
  withVendor('comfyui', async (vendor) => {
    const info = (await ask(`${vendor.url}/object_info/KSampler`)).json() as Record<
      string,
      { input: { required: object } }
    >;
    expect(info['KSampler']?.input.required).toHaveProperty(
      'sampler_name.0',
      expect.arrayContaining(['euler']),
    );
    expect((await ask(`${vendor.url}/system_stats`)).json()).toHaveProperty(
      'system.comfyui_version',
    );
  }));
