import type { Call, Reply, Trouble, VendorBehaviour, VendorContext } from '../../server/call.js';
import { captionedSpeech, KOKORO_VOICES, kokoroSpeech } from './kokoro-speech.js';
import { detail } from './kokoro-errors.js';

const MODELS = ['tts-1', 'tts-1-hd', 'kokoro', 'gpt-4o-mini-tts'];

/**
 * Kokoro-FastAPI: OpenAI's speech interface on the same machine. Source: its routers openai_compatible.py and
 * development.py and its request schemas: errors are `{"detail": {error, message, type}}`, a body of the wrong
 * shape is 422 in FastAPI's words, unknown fields are ignored, no key is asked for.
 */
export function kokoro({ options }: VendorContext): VendorBehaviour {
  const models = options.models ?? MODELS;
  const entry = (id: string) => ({
    id,
    object: 'model',
    created: 1_686_935_002,
    owned_by: 'kokoro',
  });
  return {
    routes: [
      { method: 'GET', path: '/health', handle: () => ({ body: { status: 'healthy' } }) },
      {
        method: 'GET',
        path: '/v1/models',
        handle: () => ({ body: { object: 'list', data: models.map(entry) } }),
      },
      {
        method: 'GET',
        path: '/v1/models/{id}',
        handle: ({ params: { id = '' } }) =>
          models.includes(id)
            ? { body: entry(id) }
            : detail(404, 'model_not_found', `Model '${id}' not found`, 'invalid_request_error'),
      },
      {
        method: 'GET',
        path: '/v1/audio/voices',
        handle: ({ request: { query } }) => ({
          body: {
            voices:
              query['legacy'] === 'true'
                ? KOKORO_VOICES
                : KOKORO_VOICES.map((id) => ({ id, name: id })),
          },
        }),
      },
      { method: 'POST', path: '/v1/audio/speech', handle: (call) => kokoroSpeech(call, models) },
      { method: 'POST', path: '/dev/captioned_speech', handle: (call) => captionedSpeech(call) },
    ],
    headers: () => ({ server: 'uvicorn' }),
    trouble: kokoroTrouble,
    notFound: () => ({ status: 404, body: { detail: 'Not Found' } }),
  };
}

function kokoroTrouble(trouble: Trouble, call: Call): Reply {
  const { model = 'kokoro' } = (call.request.json ?? {}) as { model?: string };
  switch (trouble.kind) {
    case 'model-missing':
      return detail(400, 'invalid_model', `Unsupported model: ${model}`, 'invalid_request_error');
    case 'unauthorized':
      return { status: 401, body: { detail: 'Not authenticated' } };
    case 'no-money':
      return { status: 402, body: { detail: 'Payment Required' } };
    case 'rate-limit':
      return {
        status: 429,
        headers: trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter },
        body: { detail: 'Too Many Requests' },
      };
    default:
      return detail(
        trouble.status,
        'processing_error',
        'CUDA error: out of memory',
        'server_error',
      );
  }
}
