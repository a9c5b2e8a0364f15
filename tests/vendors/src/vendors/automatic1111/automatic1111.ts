import { failure, hashOf, titleOf } from './replies.js';
import { SAMPLERS, txt2img, type State } from './txt2img.js';
import {
  Refusal,
  type Reply,
  type Trouble,
  type VendorBehaviour,
  type VendorContext,
} from '../../server/call.js';

const USUAL_MODELS = ['v1-5-pruned-emaonly', 'sd_xl_base_1.0'];
const STEP_MS = 2;

/**
 * AUTOMATIC1111's web UI (and Forge, which keeps its interface). Source: modules/api/api.py and models.py:
 * pictures are base64 PNG in a list, `info` is JSON in a string, FastAPI's 422 for wrong types, its own
 * envelope {error, detail, body, errors} for everything else. With a key, `--api-auth`: HTTP basic.
 */
export function automatic1111({ key, options }: VendorContext): VendorBehaviour {
  const models = options.models ?? USUAL_MODELS;
  const state: State = {
    model: models[0] ?? '',
    isBusy: false,
    isInterrupted: false,
    step: 0,
    steps: 0,
  };
  return {
    routes: [
      {
        method: 'GET',
        path: '/sdapi/v1/sd-models',
        handle: () => ({ body: models.map(modelEntry) }),
      },
      {
        method: 'GET',
        path: '/sdapi/v1/samplers',
        handle: () => ({ body: SAMPLERS.map((name) => ({ name, aliases: [], options: {} })) }),
      },
      {
        method: 'GET',
        path: '/sdapi/v1/options',
        handle: () => ({
          body: {
            samples_format: 'png',
            sd_model_checkpoint: titleOf(state.model),
            CLIP_stop_at_last_layers: 1,
          },
        }),
      },
      {
        method: 'POST',
        path: '/sdapi/v1/options',
        handle: ({ request }) => {
          const { sd_model_checkpoint: wanted } = (request.json ?? {}) as {
            sd_model_checkpoint?: string;
          };
          if (wanted === undefined)
            return { body: 'null', headers: { 'content-type': 'application/json' } };
          const model = models.find((one) => one === wanted || titleOf(one) === wanted);
          if (!model) return failure(500, 'RuntimeError', '', `model '${wanted}' not found`);
          state.model = model;
          return { body: 'null', headers: { 'content-type': 'application/json' } };
        },
      },
      {
        method: 'GET',
        path: '/sdapi/v1/progress',
        handle: () => ({
          body: {
            progress: state.isBusy ? Math.min(1, 0.01 + state.step / Math.max(1, state.steps)) : 0,
            eta_relative: state.isBusy ? ((state.steps - state.step) * STEP_MS) / 1000 : 0,
            state: {
              skipped: false,
              interrupted: state.isInterrupted,
              job: state.isBusy ? 'scripts_txt2img' : '',
              job_count: state.isBusy ? 1 : 0,
              job_no: 0,
              sampling_step: state.step,
              sampling_steps: state.steps,
            },
            current_image: null,
            textinfo: null,
          },
        }),
      },
      {
        method: 'POST',
        path: '/sdapi/v1/interrupt',
        handle: () => {
          state.isInterrupted = true;
          return { body: {} };
        },
      },
      {
        method: 'POST',
        path: '/sdapi/v1/txt2img',
        handle: (call) => txt2img(call, { models, state, workMs: options.workMs }),
      },
    ],
    authorize({ request }) {
      if (key === '') return;
      const given = request.headers['authorization'] ?? '';
      if (given === `Basic ${Buffer.from(key).toString('base64')}`) return;
      throw new Refusal(UNAUTHORIZED);
    },
    headers: () => ({ server: 'uvicorn' }),
    trouble: sdTrouble,
    worksItself: true,
    notFound: () => ({ status: 404, body: { detail: 'Not Found' } }),
  };
}

const UNAUTHORIZED: Reply = {
  status: 401,
  headers: { 'www-authenticate': 'Basic' },
  body: { detail: 'Incorrect username or password' },
};

function modelEntry(model: string): object {
  return {
    title: titleOf(model),
    model_name: model,
    hash: hashOf(model),
    sha256: null,
    filename: `/models/Stable-diffusion/${model}.safetensors`,
    config: null,
  };
}

function sdTrouble(trouble: Trouble): Reply {
  switch (trouble.kind) {
    case 'unauthorized':
      return UNAUTHORIZED;
    case 'no-money':
      return { status: 402, body: { detail: 'Payment Required' } };
    case 'rate-limit':
      return {
        status: 429,
        headers: trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter },
        body: { detail: 'Too Many Requests' },
      };
    case 'model-missing':
      return failure(404, 'HTTPException', 'Model not found', '');
    default:
      return failure(
        trouble.status,
        'RuntimeError',
        '',
        'CUDA error: an illegal memory access was encountered',
      );
  }
}
