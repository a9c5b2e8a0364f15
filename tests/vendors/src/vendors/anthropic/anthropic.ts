import { Refusal, type VendorBehaviour, type VendorContext } from '../../server/call.js';
import { anthropicError, anthropicTrouble } from './anthropic-errors.js';
import { modelEntry, modelList } from './anthropic-models.js';
import { NEWEST_VERSION } from './message-request.js';
import { createMessage } from './messages.js';

/**
 * Anthropic's Messages interface. Sources: the vendor's SDK for TypeScript (fields, types of content and of
 * errors, structured output by `output_config.format`) and its documentation of errors and of interface
 * versions: `{"type": "error", "error": {type, message}, "request_id"}`, 529 when overloaded, an empty account
 * is 400. Version 2026-10-21 knows no temperature. It documents no idempotency for messages.
 */
export function anthropic({ key, options }: VendorContext): VendorBehaviour {
  const extra = options.models ?? [];
  return {
    routes: [
      { method: 'GET', path: '/v1/models', handle: () => ({ body: modelList(extra) }) },
      {
        method: 'GET',
        path: '/v1/models/{id}',
        handle: ({ params: { id = '' }, requestId }) =>
          modelEntry(id, extra)
            ? { body: modelEntry(id, extra) }
            : anthropicError(404, 'not_found_error', `model: ${id}`, requestId),
      },
      { method: 'POST', path: '/v1/messages', handle: (call) => createMessage(call, extra) },
    ],
    authorize({ request: { headers }, requestId }) {
      // Either header: the vendor's newer SDKs send the same key as a bearer token.
      const bearer = /^Bearer\s+(?<key>\S+)$/iu.exec(headers['authorization'] ?? '')?.groups?.[
        'key'
      ];
      const given = headers['x-api-key'] ?? bearer;
      const fail = (status: number, type: string, message: string) => {
        throw new Refusal(anthropicError(status, type, message, requestId));
      };
      if (given === undefined) fail(401, 'authentication_error', 'x-api-key header is required');
      if (given !== key) fail(401, 'authentication_error', 'invalid x-api-key');
      const version = headers['anthropic-version'];
      if (version === undefined)
        fail(400, 'invalid_request_error', 'anthropic-version: header is required');
      if (!VERSIONS.includes(version ?? '')) {
        fail(
          400,
          'invalid_request_error',
          `anthropic-version: "${version}" is not a valid version`,
        );
      }
    },
    headers: ({ requestId, request }) => ({
      'request-id': requestId,
      'anthropic-organization-id': '00000000-0000-4000-8000-000000000000',
      ...(request.method === 'POST' ? RATE_LIMITS : {}),
    }),
    trouble: anthropicTrouble,
    notFound: ({ requestId }) => anthropicError(404, 'not_found_error', 'Not found', requestId),
  };
}

const VERSIONS = ['2023-01-01', '2023-06-01', NEWEST_VERSION];

const RATE_LIMITS = {
  'anthropic-ratelimit-requests-limit': '1000',
  'anthropic-ratelimit-requests-remaining': '999',
  'anthropic-ratelimit-requests-reset': '2026-01-01T00:00:01Z',
  'anthropic-ratelimit-input-tokens-limit': '450000',
  'anthropic-ratelimit-input-tokens-remaining': '449000',
  'anthropic-ratelimit-output-tokens-limit': '90000',
  'anthropic-ratelimit-output-tokens-remaining': '89000',
};
