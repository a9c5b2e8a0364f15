import type { FailureCode } from '@aura/failure';
import { createAccount, missingKey, type Account, type ErrorReply } from '../account.js';
import { members } from '../members.js';
import type { AccountSettings } from './account-settings.js';

const BASE_URL = 'https://pixabay.com';

/**
 * An account at Pixabay. The key travels in the address, so no address of a call is ever told to anybody.
 * Errors: MissingApiKey:PIXABAY_API_KEY, INVALID_CONFIG.
 */
export function pixabayAccount({ key, baseUrl = BASE_URL }: AccountSettings): Account {
  if (!key) throw missingKey('PIXABAY_API_KEY');
  return createAccount({
    vendor: 'pixabay',
    runs: 'remote',
    baseUrl,
    key,
    keySetting: 'PIXABAY_API_KEY',
    keyFormat: {
      pattern: /^\d{3,12}-[0-9a-f]{20,40}$/,
      hint: 'Keys of Pixabay are a number, a dash and letters.',
    },
    authorize: (value) => ({ query: { key: value } }),
    faultOf,
    probe: { path: '/api/?q=sky&per_page=3', modelsIn: () => [] },
  });
}

/** A wrong key is a 400 in plain words: `[ERROR 400] Invalid or missing API key (…)`. */
function faultOf({ status, body }: ErrorReply): FailureCode | undefined {
  const { message } = members(body);
  return status === 400 && /api key/i.test(String(message)) ? 'AUTH_FAILED' : undefined;
}
