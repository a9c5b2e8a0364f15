import type { FailureCode } from '@aura/failure';
import { createAccount, missingKey, type Account, type ErrorReply } from '../account.js';
import { members, namesIn } from '../members.js';
import type { AccountSettings } from './account-settings.js';

const BASE_URL = 'https://api.anthropic.com';

/** An account at Anthropic. Errors: MissingApiKey:ANTHROPIC_API_KEY, INVALID_CONFIG. */
export function anthropicAccount({ key, baseUrl = BASE_URL }: AccountSettings): Account {
  if (!key) throw missingKey('ANTHROPIC_API_KEY');
  return createAccount({
    vendor: 'anthropic',
    runs: 'remote',
    baseUrl,
    key,
    keySetting: 'ANTHROPIC_API_KEY',
    authorize: (value) => ({ headers: { 'x-api-key': value } }),
    headers: { 'anthropic-version': '2023-06-01' },
    ...(baseUrl === BASE_URL ? { keyFormat: KEY_FORMAT } : {}),
    faultOf,
    missingModel: (model) => `Anthropic has no model ${model} for this key.`,
    probe: { path: '/v1/models', modelsIn: (body) => namesIn(members(body)['data'], 'id') },
  });
}

const KEY_FORMAT = {
  pattern: /^sk-ant-[A-Za-z0-9_-]{20,}$/,
  hint: 'Keys of Anthropic begin with "sk-ant-" and are longer.',
};

/** An empty purse is told as a request that is wrong, in words only. */
function faultOf({ status, body }: ErrorReply): FailureCode | undefined {
  const said = JSON.stringify(body ?? '');
  return status === 400 && /credit balance/i.test(said) ? 'QUOTA_EXCEEDED' : undefined;
}
