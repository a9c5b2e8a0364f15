import type { FailureCode } from '@aura/failure';
import { createAccount, missingKey, type Account, type ErrorReply } from '../account.js';
import { members } from '../members.js';
import type { AccountSettings } from './account-settings.js';

const BASE_URL = 'https://api.deepgram.com';

/** An account at Deepgram. Errors: MissingApiKey:DEEPGRAM_API_KEY, INVALID_CONFIG. */
export function deepgramAccount({ key, baseUrl = BASE_URL }: AccountSettings): Account {
  if (!key) throw missingKey('DEEPGRAM_API_KEY');
  return createAccount({
    vendor: 'deepgram',
    runs: 'remote',
    baseUrl,
    key,
    keySetting: 'DEEPGRAM_API_KEY',
    keyFormat: {
      pattern: /^[\da-f]{40}$/u,
      hint: 'Keys of Deepgram are 40 digits and small letters from a to f.',
    },
    authorize: (value) => ({ headers: { authorization: `Token ${value}` } }),
    faultOf,
    missingModel: (model) => `Deepgram has no voice ${model}.`,
    // The list of models asks for no key and would prove nothing.
    probe: { path: '/v1/auth/token', modelsIn: () => [] },
  });
}

/** A voice that is not there is a 400 in plain words. */
function faultOf({ status, body }: ErrorReply): FailureCode | undefined {
  const { err_msg: message } = members(body);
  return status === 400 && /no such model/iu.test(String(message))
    ? 'RESOURCE_NOT_FOUND'
    : undefined;
}
