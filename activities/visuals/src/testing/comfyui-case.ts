import { expect } from 'vitest';
import type { Vendor } from '@aura/vendors';
import type { VendorCase } from './vendor-faults.js';

export const CHECKPOINT = 'sd_xl_base_1.0.safetensors';
export const COMFYUI: VendorCase = {
  name: 'comfyui',
  settings: ({ url }) => ({ comfyUi: { url, checkpoint: CHECKPOINT } }),
  route: 'POST /prompt',
  fileRoute: 'GET /view',
};
export const ORDER = { provider: 'comfyui' } as const;

interface Posted {
  prompt: Record<string, { class_type: string; inputs: Record<string, unknown> }>;
  prompt_id: string;
  client_id: string;
}
/** The orders that a server got, in order. */
export const posted = (vendor: Vendor) =>
  vendor
    .requests()
    .filter(({ method, path }) => method === 'POST' && path === '/prompt')
    .map(({ json }) => json as Posted);
/** Waits for it, and not for ever. */
export const until = async (holds: () => boolean | Promise<boolean>) => {
  for (let tries = 0; !(await holds()) && tries < 400; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(await holds()).toBe(true);
};
/** A graph as somebody else's program orders it. */
export const OTHER_GRAPH = {
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
