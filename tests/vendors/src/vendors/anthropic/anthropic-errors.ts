import type { Call, Reply, Trouble } from '../../server/call.js';

export function anthropicError(
  status: number,
  type: string,
  message: string,
  requestId: string,
): Reply {
  return { status, body: { type: 'error', error: { type, message }, request_id: requestId } };
}

export function anthropicTrouble(trouble: Trouble, { request, requestId }: Call): Reply {
  switch (trouble.kind) {
    case 'unauthorized':
      return anthropicError(401, 'authentication_error', 'invalid x-api-key', requestId);
    case 'no-money':
      return anthropicError(
        400,
        'invalid_request_error',
        'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
        requestId,
      );
    case 'rate-limit': {
      const reply = anthropicError(
        429,
        'rate_limit_error',
        'This request would exceed your organization’s rate limit of 50 requests per minute.',
        requestId,
      );
      return {
        ...reply,
        headers: {
          ...(trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter }),
          'anthropic-ratelimit-requests-remaining': '0',
        },
      };
    }
    case 'model-missing': {
      const { model = '' } = (request.json ?? {}) as { model?: string };
      return anthropicError(404, 'not_found_error', `model: ${model}`, requestId);
    }
    default: {
      const [type, message] = STATUS_ERRORS[trouble.status] ?? [
        'api_error',
        'Internal server error',
      ];
      return anthropicError(trouble.status, type, message, requestId);
    }
  }
}

const STATUS_ERRORS: Readonly<Record<number, readonly [type: string, message: string]>> = {
  402: ['billing_error', 'There is an issue with your billing or payment information.'],
  403: ['permission_error', 'Your API key does not have permission to use the specified resource.'],
  413: ['request_too_large', 'Request exceeds the maximum size'],
  500: ['api_error', 'Internal server error'],
  504: ['timeout_error', 'Request timed out'],
  529: ['overloaded_error', 'Overloaded'],
};
