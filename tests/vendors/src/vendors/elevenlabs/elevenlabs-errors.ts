import { Refusal, type Call, type Reply, type Trouble } from '../../server/call.js';

/** `{"detail": {"status", "message"}}`. */
export function detail(status: number, name: string, message: string): Reply {
  return { status, body: { detail: { status: name, message } } };
}

/** A field is wrong: 422 in the words of the vendor's web framework. Errors: always a Refusal. */
export function invalid(loc: readonly string[], msg: string, type: string, input: unknown): never {
  throw new Refusal({ status: 422, body: { detail: [{ type, loc, msg, input }] } });
}

export const INVALID_KEY = detail(401, 'invalid_api_key', 'Invalid API key');

export function quotaExceeded(limit: number, left: number, needed: number): Reply {
  return detail(
    401,
    'quota_exceeded',
    `This request exceeds your quota of ${limit}. You have ${left} credits remaining, while ${needed} credits are required for this request.`,
  );
}

export function modelMissing(model: string): Reply {
  return detail(400, 'model_not_found', `A model with model ID ${model} does not exist.`);
}

export function elevenLabsTrouble(trouble: Trouble, call: Call): Reply {
  const { text = '', model_id: model = 'eleven_multilingual_v2' } = (call.request.json ?? {}) as {
    text?: string;
    model_id?: string;
  };
  switch (trouble.kind) {
    case 'unauthorized':
      return INVALID_KEY;
    case 'no-money':
      return quotaExceeded(10_000, 0, Math.max(1, text.length));
    case 'rate-limit':
      return {
        ...detail(
          429,
          'too_many_concurrent_requests',
          'Too many concurrent requests. Your current subscription is associated with a maximum of 2 concurrent requests (running in parallel). This is done such that a single user does not overwhelm our systems and affect other users negatively. Please upgrade your subscription or contact sales if you want to increase this limit.',
        ),
        ...(trouble.retryAfter === undefined
          ? {}
          : { headers: { 'retry-after': trouble.retryAfter } }),
      };
    case 'model-missing':
      return modelMissing(model);
    default:
      return statusReply(trouble.status);
  }
}

function statusReply(status: number): Reply {
  if (status === 429)
    return detail(429, 'system_busy', 'We are experiencing heavy traffic. Please try again later.');
  if (status === 402)
    return detail(
      402,
      'payment_required',
      'Your subscription has a failed or incomplete payment. Complete the latest invoice to continue usage.',
    );
  if (status === 500)
    return {
      status,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: 'Internal Server Error',
    };
  return {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8', server: 'Google Frontend' },
    body: `<html><head><title>${status} Server Error</title></head><body><h1>Error: Server Error</h1><h2>The service you requested is not available at this time.</h2></body></html>`,
  };
}
