import {
  Refusal,
  type Reply,
  type Trouble,
  type VendorBehaviour,
  type VendorContext,
} from '../../server/call.js';
import { failure, VOICES } from './deepgram-replies.js';
import { speak } from './speak.js';

/**
 * Deepgram: `POST /v1/speak` (Aura voices), the key's own page and the list of models. Source: the vendor's API
 * reference ("Single Text Request", "List All Available Models") and its page "Errors": a key travels as
 * `Authorization: Token`, errors are `{err_code, err_msg, request_id}`. The list of models asks for no key.
 */
export function deepgram({ key }: VendorContext): VendorBehaviour {
  return {
    routes: [
      { method: 'POST', path: '/v1/speak', handle: speak },
      {
        method: 'GET',
        path: '/v1/auth/token',
        handle: () => ({ body: { api_key_id: 'aura', scopes: ['usage:write'] } }),
      },
      { method: 'GET', path: '/v1/models', handle: () => ({ body: { stt: [], tts: models() } }) },
    ],
    authorize(call) {
      const isPublic = call.request.path === '/v1/models';
      if (isPublic || call.request.headers['authorization'] === `Token ${key}`) return;
      throw new Refusal(failure(call, 401, 'INVALID_AUTH', 'Invalid credentials.'));
    },
    headers: ({ requestId }) => ({ 'dg-request-id': requestId }),
    trouble: deepgramTrouble,
    notFound: (call) => failure(call, 404, 'NOT_FOUND', 'Not Found'),
  };
}

function models(): object[] {
  return VOICES.map((canonical) => ({
    name: canonical.split('-')[2],
    canonical_name: canonical,
    architecture: 'aura-2',
    languages: [canonical.split('-')[3]],
  }));
}

function deepgramTrouble(trouble: Trouble, call: { requestId: string }): Reply {
  switch (trouble.kind) {
    case 'unauthorized':
      return failure(call, 401, 'INVALID_AUTH', 'Invalid credentials.');
    case 'no-money':
      return failure(
        call,
        402,
        'ASR_PAYMENT_REQUIRED',
        'Project does not have enough credits for an ASR request and does not have an overage agreement.',
      );
    case 'rate-limit':
      return {
        ...failure(call, 429, 'TOO_MANY_REQUESTS', 'Too many requests. Please try again later'),
        headers: trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter },
      };
    case 'model-missing':
      return failure(
        call,
        400,
        'Bad Request',
        'Bad Request: No such model/version combination found.',
      );
    default:
      return failure(call, trouble.status, 'INTERNAL_SERVER_ERROR', 'Please try again.');
  }
}
