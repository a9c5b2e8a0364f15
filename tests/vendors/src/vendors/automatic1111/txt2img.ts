import { setTimeout as sleep } from 'node:timers/promises';
import { drawPicture } from '../../content/picture.js';
import { seedOf } from '../../content/seed.js';
import { Refusal, type Call, type Reply } from '../../server/call.js';
import { failure, titleOf } from './replies.js';

export const SAMPLERS = [
  'DPM++ 2M',
  'DPM++ SDE',
  'DPM++ 2M SDE',
  'Euler a',
  'Euler',
  'LMS',
  'Heun',
  'DPM2',
  'DDIM',
  'UniPC',
  'LCM',
];
/** More pixels than a card of 12 GB holds. */
const MAX_PIXELS = 2048 * 2048;

interface Txt2Img {
  prompt?: string;
  negative_prompt?: string;
  seed?: number;
  steps?: number;
  width?: number;
  height?: number;
  batch_size?: number;
  n_iter?: number;
  cfg_scale?: number;
  sampler_name?: string;
  sampler_index?: string;
  override_settings?: { sd_model_checkpoint?: string };
}

/** What the one worker is at. */
export interface State {
  model: string;
  isBusy: boolean;
  isInterrupted: boolean;
  step: number;
  steps: number;
}

/** `POST /sdapi/v1/txt2img`. */
export async function txt2img(
  call: Call,
  { models, state, workMs = 0 }: { models: readonly string[]; state: State; workMs?: number },
): Promise<Reply> {
  const request = readRequest(call, models);
  const { prompt = '', steps = 50, batch_size: batch = 1, n_iter: rounds = 1 } = request;
  const [widthPx, heightPx] = [request.width ?? 512, request.height ?? 512].map(
    (side) => Math.floor(side / 8) * 8,
  ) as [number, number];
  if (widthPx * heightPx > MAX_PIXELS) {
    return failure(
      500,
      'OutOfMemoryError',
      '',
      'CUDA out of memory. Tried to allocate 16.00 GiB. GPU 0 has a total capacity of 11.99 GiB of which 2.43 GiB is free.',
    );
  }
  Object.assign(state, { isBusy: true, isInterrupted: false, step: 0, steps });
  const model = request.override_settings?.sd_model_checkpoint ?? state.model;
  call.charge({ model, usage: { pictures: batch * rounds, steps }, costUsd: 0 });
  // Cut short on an interrupt, as the real one: what is there so far is returned.
  const untilMs = Date.now() + workMs;
  while (Date.now() < untilMs && !state.isInterrupted) {
    await sleep(20, undefined, { ref: false });
    state.step = Math.min(steps, state.step + Math.ceil((steps * 20) / Math.max(20, workMs)));
  }
  state.isBusy = false;
  if (call.fault?.kind === 'work-fails') {
    return failure(500, 'RuntimeError', '', 'CUDA error: an illegal memory access was encountered');
  }
  const first =
    request.seed === undefined || request.seed < 0
      ? seedOf(prompt, String(Math.random()))
      : request.seed;
  const seeds = Array.from({ length: batch * rounds }, (_, at) => first + at);
  const images = await Promise.all(
    seeds.map((seed) =>
      drawPicture({
        prompt: `${prompt}\n${request.negative_prompt ?? ''}`,
        seed,
        widthPx,
        heightPx,
        format: 'png',
        fault: call.fault,
      }),
    ),
  );
  const info = {
    prompt,
    all_prompts: seeds.map(() => prompt),
    seed: first,
    all_seeds: seeds,
    width: widthPx,
    height: heightPx,
    sampler_name: request.sampler_name ?? 'Euler',
    cfg_scale: request.cfg_scale ?? 7,
    steps,
    batch_size: batch,
    sd_model_name: model,
  };
  return {
    body: {
      images: images.map((image) => image.toString('base64')),
      parameters: request,
      info: JSON.stringify(info),
    },
  };
}

/** Errors: Refusal. */
function readRequest(call: Call, models: readonly string[]): Txt2Img {
  const { json } = call.request;
  if (typeof json !== 'object' || json === null)
    unprocessable('body', 'Field required', 'missing', null);
  const request = json as Txt2Img;
  for (const name of ['width', 'height', 'steps', 'batch_size', 'n_iter', 'seed'] as const) {
    const value = request[name];
    if (value === undefined || value === null || Number.isInteger(value)) continue;
    unprocessable(
      name,
      'Input should be a valid integer, unable to parse string as an integer',
      'int_parsing',
      value,
    );
  }
  if (request.prompt !== undefined && typeof request.prompt !== 'string') {
    unprocessable('prompt', 'Input should be a valid string', 'string_type', request.prompt);
  }
  const sampler = request.sampler_name ?? request.sampler_index ?? 'Euler';
  if (!SAMPLERS.includes(sampler))
    throw new Refusal(failure(404, 'HTTPException', 'Sampler not found', ''));
  const wanted = request.override_settings?.sd_model_checkpoint;
  if (wanted !== undefined && !models.some((one) => one === wanted || titleOf(one) === wanted)) {
    throw new Refusal(failure(404, 'HTTPException', 'Model not found', ''));
  }
  return request;
}

function unprocessable(field: string, msg: string, type: string, input: unknown): never {
  throw new Refusal({
    status: 422,
    body: { detail: [{ type, loc: ['body', field], msg, input }] },
  });
}
