import { createHash } from 'node:crypto';
import { Failure } from '@aura/failure';
import {
  automatic1111Account,
  automatic1111Control,
  isCheckpoint,
  members,
  type Account,
  type Vendors,
} from '@aura/provider';
import { diffusionPrompt } from '../../diffusion/diffusion-prompt.js';
import { diffusionSize } from '../../diffusion/diffusion-size.js';
import { isCanceled } from '../../diffusion/is-canceled.js';
import { base64Picture } from '../../pictures/base64-picture.js';
import { providerOf, type FoundPicture } from '../../pictures/picture-source.js';
import { textIn } from '../../pictures/reply-members.js';
import { scenePrompt } from '../../prompt/scene-prompt.js';
import type { PicturePlace, PictureRequest } from '../../visuals-provider.js';
import { PICTURES, type VisualsEntry, type VisualsSettings } from '../visuals-entry.js';

const NAME = 'automatic1111';
const REPLY_BYTES = 36 * 1024 * 1024;
const INTERRUPT_MS = 3_000;
const MEGAPIXELS = 1;
const STEPS = 25;
const GUIDANCE = 6;
/** There under every version and fork. */
const SAMPLER = 'Euler a';

/**
 * Stable Diffusion through the API of AUTOMATIC1111's web UI and its forks (Forge, SD.Next), started with --api.
 * Source: its modules/api/api.py and models.py, and the page /docs that it serves.
 */
export const automatic1111: VisualsEntry = {
  name: NAME,
  stage: 'visuals',
  kind: 'picture-generator',
  runs: 'local',
  gives: 'Pictures painted for each scene by a model of your own in AUTOMATIC1111 or Forge.',
  capabilities: { pictures: true, deterministic: true },
  settings: [
    'AUTOMATIC1111_URL',
    'AUTOMATIC1111_AUTH',
    'AUTOMATIC1111_CHECKPOINT',
    'AURA_DIFFUSION_MEGAPIXELS',
  ],
  price: { kind: 'free' },
  limits: { concurrentCalls: 1, replyBytes: REPLY_BYTES },
  account,
  create: (settings, { vendors }) => {
    const { url, auth, checkpoint, megapixels = MEGAPIXELS } = settings.automatic1111 ?? {};
    const control = automatic1111Control({ key: auth, baseUrl: url });
    const painter = { vendors, account: account(settings), control, checkpoint };
    return providerOf({
      name: NAME,
      recipe: 1,
      inputsOf: (request) => orderOf(request, { checkpoint, megapixels }),
      pictures: (request, place) =>
        painted(painter, orderOf(request, { checkpoint, megapixels }), place),
    });
  },
  reportOptions: ({ automatic1111: { checkpoint } = {} }) => ({
    model: checkpoint,
    isModel: isCheckpoint,
  }),
};

interface Painter {
  vendors: Vendors;
  account: Account;
  control: Account;
  checkpoint: string | undefined;
}

function account({ automatic1111: { url, auth } = {} }: VisualsSettings): Account {
  return automatic1111Account({ key: auth, baseUrl: url });
}

/** The members of a txt2img request that show. Pure. */
function orderOf(
  request: PictureRequest,
  { checkpoint, megapixels }: { checkpoint: string | undefined; megapixels: number },
) {
  const { prompt, negative, seed } = diffusionPrompt(scenePrompt(request));
  const { widthPx: width, heightPx: height } = diffusionSize(request.render, megapixels);
  return {
    prompt,
    negative_prompt: negative,
    seed,
    width,
    height,
    steps: STEPS,
    cfg_scale: GUIDANCE,
    sampler_name: SAMPLER,
    ...(checkpoint ? { override_settings: { sd_model_checkpoint: checkpoint } } : {}),
  };
}

async function* painted(
  painter: Painter,
  order: ReturnType<typeof orderOf>,
  { key, signal }: PicturePlace,
): AsyncGenerator<FoundPicture> {
  const taskId = `task(aura-${createHash('sha256').update(key).digest('hex').slice(0, 16)})`;
  try {
    const reply = await painter.vendors.callVendor({
      account: painter.account,
      endpoint: PICTURES,
      path: '/sdapi/v1/txt2img',
      json: {
        ...order,
        batch_size: 1,
        n_iter: 1,
        send_images: true,
        save_images: false,
        force_task_id: taskId,
      },
      model: painter.checkpoint ?? '',
      mediaTypes: ['application/json'],
      limits: { maxBytes: REPLY_BYTES },
      signal,
    });
    const { images } = members(reply.json());
    yield { bytes: base64Picture(Array.isArray(images) ? images[0] : undefined) };
  } catch (error) {
    if (isCanceled(signal) || isTooLate(error)) await stop(painter, taskId);
    throw error;
  }
}

/**
 * Stops the painting of a picture that nobody waits for any more; whatever else is being painted there goes on. Best
 * effort: never throws.
 */
async function stop({ vendors, control: account }: Painter, taskId: string): Promise<void> {
  const call = { account, endpoint: 'control', signal: AbortSignal.timeout(INTERRUPT_MS) };
  try {
    const path = '/sdapi/v1/progress?skip_current_image=true';
    const { current_task: current } = members((await vendors.callVendor({ ...call, path })).json());
    // Older versions do not say whose picture it is.
    if (textIn(current) !== '' && current !== taskId) return;
    await vendors.callVendor({ ...call, path: '/sdapi/v1/interrupt', method: 'POST' });
  } catch {
    // The picture is painted for nobody, and that is all.
  }
}

function isTooLate(error: unknown): boolean {
  return error instanceof Failure && error.code === 'NETWORK_TIMEOUT';
}
