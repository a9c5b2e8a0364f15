import type { VendorBehaviour, VendorContext } from '../../server/call.js';
import { Refusal } from '../../server/call.js';
import { chatCompletion } from './chat.js';
import { generateImages, storedImage } from './images.js';
import { NO_KEY, openAiError, openAiTrouble, wrongKey } from './openai-errors.js';
import { speech } from './speech.js';
import { modelEntry, modelList, openAiModel } from './openai-models.js';

/**
 * OpenAI's HTTP interface under /v1. Sources: OpenAI's published OpenAPI description (fields, types, limits),
 * its guides "Error codes", "Rate limits" and "Structured model outputs", and error bodies as callers of the
 * service have reported them. It documents no idempotency keys, so none are honoured unless asked for.
 */
export function openAi({ key, options, origin }: VendorContext): VendorBehaviour {
  const extra = options.models ?? [];
  return {
    routes: [
      { method: 'GET', path: '/v1/models', handle: () => ({ body: modelList(extra) }) },
      {
        method: 'GET',
        path: '/v1/models/{id*}',
        handle: ({ params: { id = '' } }) =>
          openAiModel(id, extra)
            ? { body: modelEntry(id) }
            : openAiError(404, {
                message: `The model '${id}' does not exist`,
                param: 'model',
                code: 'model_not_found',
              }),
      },
      {
        method: 'POST',
        path: '/v1/chat/completions',
        handle: (call) => chatCompletion(call, extra),
      },
      { method: 'POST', path: '/v1/audio/speech', handle: speech },
      {
        method: 'POST',
        path: '/v1/images/generations',
        handle: (call) => generateImages(call, origin()),
      },
      { method: 'GET', path: '/private/img.png', handle: storedImage },
    ],
    authorize({ request }) {
      if (request.path === '/private/img.png') return;
      const given = /^Bearer\s+(?<key>\S+)$/iu.exec(request.headers['authorization'] ?? '')
        ?.groups?.['key'];
      if (given === undefined) throw new Refusal(NO_KEY);
      if (given !== key) throw new Refusal(wrongKey(given));
    },
    headers: ({ requestId, request }) => ({
      'x-request-id': requestId,
      'openai-version': '2020-10-01',
      'openai-organization': 'org-aura',
      'openai-processing-ms': String(Date.now() - request.at),
      ...(request.method === 'POST' ? RATE_LIMITS : {}),
    }),
    trouble: openAiTrouble,
    notFound: ({ request }) =>
      openAiError(404, { message: `Invalid URL (${request.method} ${request.path})` }),
  };
}

const RATE_LIMITS = {
  'x-ratelimit-limit-requests': '500',
  'x-ratelimit-limit-tokens': '200000',
  'x-ratelimit-remaining-requests': '499',
  'x-ratelimit-remaining-tokens': '199500',
  'x-ratelimit-reset-requests': '120ms',
  'x-ratelimit-reset-tokens': '150ms',
};
