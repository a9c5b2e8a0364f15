import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { describeCauses, type FailureCode } from '@aura/failure';
import { createAccount, missingKey } from './account.js';
import { openAiAccount } from './accounts/openai.js';
import { failureOfReply, redact } from './vendor-failure.js';

const KEY = 'sk-canary+0123456789/abcdef==';
const account = createAccount({
  vendor: 'test',
  runs: 'remote',
  baseUrl: 'https://vendor.test/v1',
  key: KEY,
  missingModel: (model) => `Run: pull ${model}`,
  probe: { path: '/models', modelsIn: () => [] },
});

const failureOf = (status: number, body?: unknown, headers: Record<string, string> = {}) =>
  failureOfReply({ account, reply: { status, headers, body }, model: 'm1', nowMs: 0 });

test.each<[status: number, code: FailureCode, retryable: boolean]>([
  [400, 'INVALID_CONFIG', false],
  [401, 'AUTH_FAILED', false],
  [402, 'QUOTA_EXCEEDED', false],
  [403, 'AUTH_FAILED', false],
  [404, 'RESOURCE_NOT_FOUND', false],
  [408, 'NETWORK_TIMEOUT', true],
  [413, 'INVALID_CONFIG', false],
  [422, 'INVALID_CONFIG', false],
  [429, 'RATE_LIMIT_EXCEEDED', true],
  [500, 'API_ERROR', true],
  [503, 'API_ERROR', true],
  [529, 'API_ERROR', true],
  [304, 'INVALID_CONFIG', false],
])('a bare %i is %s', (status, code, retryable) => {
  expect(failureOf(status)).toMatchObject({ code, retryable });
});

test.each<[what: string, status: number, body: unknown, code: FailureCode]>([
  [
    'OpenAI without money',
    429,
    { error: { code: 'insufficient_quota', type: 'insufficient_quota' } },
    'QUOTA_EXCEEDED',
  ],
  [
    'OpenAI, refused picture',
    400,
    { error: { code: 'moderation_blocked', type: 'image_generation_user_error' } },
    'CONTENT_REFUSED',
  ],
  [
    'OpenAI, refused prompt',
    400,
    { error: { code: 'content_policy_violation', message: 'x' } },
    'CONTENT_REFUSED',
  ],
  ['OpenAI, no such model', 403, { error: { code: 'model_not_found' } }, 'RESOURCE_NOT_FOUND'],
  [
    'Anthropic overloaded',
    529,
    { type: 'error', error: { type: 'overloaded_error' } },
    'API_ERROR',
  ],
  [
    'Anthropic without money',
    400,
    { type: 'error', error: { type: 'billing_error' } },
    'QUOTA_EXCEEDED',
  ],
  [
    'Anthropic, no such model',
    404,
    { type: 'error', error: { type: 'not_found_error' } },
    'RESOURCE_NOT_FOUND',
  ],
  [
    'ElevenLabs without money',
    401,
    { detail: { status: 'quota_exceeded', message: 'x' } },
    'QUOTA_EXCEEDED',
  ],
  ['ElevenLabs busy', 429, { detail: { status: 'system_busy' } }, 'API_ERROR'],
  [
    'Anthropic, a key for something else',
    403,
    { type: 'error', error: { type: 'permission_error' } },
    'PERMISSION_DENIED',
  ],
  [
    'ElevenLabs, a key that may not speak',
    401,
    { detail: { status: 'missing_permissions' } },
    'PERMISSION_DENIED',
  ],
  [
    'Deepgram, a key that may not speak',
    403,
    { err_code: 'INSUFFICIENT_PERMISSIONS', err_msg: 'x' },
    'PERMISSION_DENIED',
  ],
  ['a page of somebody in between', 403, undefined, 'AUTH_FAILED'],
  ['a plain word', 400, { error: 'quota_exceeded' }, 'QUOTA_EXCEEDED'],
  ['a hostile body', 400, { error: { code: 'constructor', type: '__proto__' } }, 'INVALID_CONFIG'],
])('the words of the error body say more than the status: %s', (_what, status, body, code) => {
  expect(failureOf(status, body).code).toBe(code);
});

test.each<[what: string, status: number, error: object, code: FailureCode]>([
  [
    'an organization that is not verified',
    403,
    { message: 'Your organization must be verified to use the model.', code: null },
    'PERMISSION_DENIED',
  ],
  [
    'a restricted key',
    401,
    {
      message: 'You have insufficient permissions for this operation. Missing scopes: x',
      code: null,
    },
    'PERMISSION_DENIED',
  ],
  [
    'a country',
    403,
    { message: 'Country not supported', code: 'unsupported_country_region_territory' },
    'AUTH_FAILED',
  ],
  ['a wrong key', 401, { message: 'Incorrect API key', code: 'invalid_api_key' }, 'AUTH_FAILED'],
])(
  'OpenAI refuses the account or only the work, and says which: %s',
  (_what, status, error, code) => {
    const reply = { status, headers: {}, body: { error } };
    const account = openAiAccount({ key: 'sk-x' });
    expect(failureOfReply({ account, reply, model: 'm', nowMs: 0 }).code).toBe(code);
  },
);

test('messages are for users: the key is invalid, the service is unavailable, the model is pulled so', () => {
  expect(failureOf(401).message).toBe('Invalid API key');
  expect(failureOf(500).message).toBe('Service unavailable');
  expect(failureOf(404).message).toBe('Run: pull m1');
  expect(missingKey('OPENAI_API_KEY').code).toBe('MissingApiKey:OPENAI_API_KEY');
});

test('a wait of up to a minute is kept to; a longer one leaves the work to the next provider', () => {
  expect(failureOf(429, {}, { 'retry-after': '60' })).toMatchObject({
    retryAfterMs: 60_000,
    retryable: true,
  });
  const tooLong = failureOf(429, {}, { 'retry-after': '61' });
  expect(tooLong).toMatchObject({
    code: 'RATE_LIMIT_EXCEEDED',
    retryAfterMs: undefined,
    retryable: false,
  });
  expect(failureOf(503, {}, { 'retry-after': 'later' })).toMatchObject({
    retryAfterMs: undefined,
    retryable: true,
  });
});

test('the account’s own rule stands above the common table', () => {
  const own = { ...account, faultOf: () => 'CONTENT_REFUSED' as const };
  const reply = { status: 500, headers: {}, body: undefined };
  expect(failureOfReply({ account: own, reply, model: '', nowMs: 0 }).code).toBe('CONTENT_REFUSED');
});

test('a key that a vendor gives back stands in no message, no details and no cause, in no spelling', () => {
  const said = `bad ${KEY} ${encodeURIComponent(KEY)} ${Buffer.from(KEY).toString('base64')}`;
  for (const status of [400, 401, 404, 429, 500]) {
    const failure = failureOf(status, { error: { message: said } });
    const shown = `${inspect(failure, { depth: 9 })} ${describeCauses(failure)} ${JSON.stringify(failure)}`;
    expect(shown).not.toMatch(/canary/);
  }
  expect(redact(said, account)).toBe('bad [secret] [secret] [secret]');
});

test('an account shows no key, however it is printed', () => {
  const shown = `${inspect(account, { depth: 9, showHidden: true })} ${JSON.stringify(account)} ${String(account.key)}`;
  expect(shown).not.toMatch(/canary/);
  expect(shown).toContain('[secret]');
});

test.each([
  'ftp://a/v1',
  'https://user:pw@a/v1',
  'a/v1',
  'https://a/v1?key=1',
  'javascript:alert(1)',
  '',
])('an address that is no plain URL is refused: %j', (baseUrl) => {
  expect(() => openAiAccount({ baseUrl, key: KEY })).toThrow(
    expect.objectContaining({ code: 'INVALID_CONFIG' }),
  );
});

test.each(['two words', 'line\nbreak', 'ümlaut', 'nul\0'])(
  'a key that cannot stand in a header is refused without being told: %j',
  (key) => {
    const make = () => openAiAccount({ key });
    expect(make).toThrow(expect.objectContaining({ code: 'INVALID_CONFIG' }));
    expect(make).not.toThrow(key);
  },
);

test('a key of OpenAI has its form; keys of other servers have any', () => {
  expect(openAiAccount({ key: 'sk-proj-0123456789abcdefghij' }).keyProblem).toBeUndefined();
  expect(openAiAccount({ key: 'abc' }).keyProblem).toContain('sk-');
  expect(
    openAiAccount({ key: 'abc', baseUrl: 'http://127.0.0.1:1234/v1' }).keyProblem,
  ).toBeUndefined();
});

test('two keys at one address, and one key at two, are different accounts', () => {
  const ids = [
    openAiAccount({ key: 'a1' }),
    openAiAccount({ key: 'a2' }),
    openAiAccount({ key: 'a1', baseUrl: 'https://b.test/v1' }),
    openAiAccount({ key: 'a1' }),
  ].map(({ id }) => id);
  expect(new Set(ids).size).toBe(3);
  expect(ids[0]).toMatch(/^openai@api\.openai\.com#[0-9a-f]{8}$/);
});
