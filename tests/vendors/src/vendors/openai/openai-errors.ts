import { Refusal, type Call, type Reply, type Trouble } from '../../server/call.js';

interface OpenAiError {
  message: string;
  type?: string;
  param?: string | null;
  code?: string | null;
}

/** The one envelope of all errors. */
export function openAiError(
  status: number,
  { message, type = 'invalid_request_error', param = null, code = null }: OpenAiError,
  headers: Record<string, string> = {},
): Reply {
  return { status, headers, body: { error: { message, type, param, code } } };
}

/** Errors: always a Refusal, with status 400. */
export function refuse(
  message: string,
  param: string | null = null,
  code: string | null = null,
): never {
  throw new Refusal(openAiError(400, { message, param, code }));
}

export function modelMissing(model: string): Reply {
  return openAiError(404, {
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
    code: 'model_not_found',
  });
}

export function wrongKey(key: string): Reply {
  return openAiError(401, {
    message: `Incorrect API key provided: ${masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    code: 'invalid_api_key',
  });
}

export const NO_KEY: Reply = openAiError(401, {
  message:
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from https://platform.openai.com/account/api-keys.",
});

/** As the vendor shows keys: the first eight characters, stars, the last four. */
function masked(key: string): string {
  if (key.length <= 12) return key;
  return `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}`;
}

export function openAiTrouble(trouble: Trouble, call: Call): Reply {
  const model = (call.request.json as { model?: string } | undefined)?.model ?? 'gpt-4o-mini';
  switch (trouble.kind) {
    case 'unauthorized':
      return wrongKey((call.request.headers['authorization'] ?? '').replace(/^Bearer\s+/iu, ''));
    case 'no-money':
      return openAiError(429, {
        message:
          'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
        type: 'insufficient_quota',
        code: 'insufficient_quota',
      });
    case 'rate-limit':
      return openAiError(
        429,
        {
          message: `Rate limit reached for ${model} in organization org-aura on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in 120ms. Visit https://platform.openai.com/account/rate-limits to learn more.`,
          type: 'requests',
          code: 'rate_limit_exceeded',
        },
        {
          ...(trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter }),
          'x-ratelimit-remaining-requests': '0',
        },
      );
    case 'model-missing':
      return modelMissing(model);
    default:
      return statusReply(trouble.status);
  }
}

function statusReply(status: number): Reply {
  switch (status) {
    case 402:
      return openAiError(402, {
        message: 'Insufficient credits. Add more to continue.',
        type: 'insufficient_credits',
        code: 'insufficient_credits',
      });
    case 403:
      return openAiError(403, {
        message: 'Country, region, or territory not supported',
        type: 'request_forbidden',
        code: 'unsupported_country_region_territory',
      });
    case 500:
      return openAiError(500, {
        message:
          'The server had an error while processing your request. Sorry about that! You can retry your request, or contact us through our help center at help.openai.com if the error persists.',
        type: 'server_error',
      });
    case 503:
      return openAiError(503, {
        message: 'The engine is currently overloaded, please try again later',
        type: 'server_error',
        code: 'overloaded',
      });
    default:
      return gatewayPage(status);
  }
}

/** What stands between the client and the vendor answers in HTML. */
export function gatewayPage(status: number): Reply {
  const title = `${status} ${GATEWAY_TITLES[status] ?? 'Error'}`;
  return {
    status,
    headers: { 'content-type': 'text/html; charset=UTF-8', server: 'cloudflare' },
    body: `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>cloudflare</center>\r\n</body>\r\n</html>\r\n`,
  };
}

const GATEWAY_TITLES: Readonly<Record<number, string>> = {
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
  529: 'Site is overloaded',
};
