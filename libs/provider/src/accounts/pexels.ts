import { createAccount, missingKey, type Account } from '../account.js';
import type { AccountSettings } from './account-settings.js';

const BASE_URL = 'https://api.pexels.com';

/** An account at Pexels. Its searches are counted, and a probe is one. Errors: MissingApiKey:PEXELS_API_KEY, INVALID_CONFIG. */
export function pexelsAccount({ key, baseUrl = BASE_URL }: AccountSettings): Account {
  if (!key) throw missingKey('PEXELS_API_KEY');
  return createAccount({
    vendor: 'pexels',
    runs: 'remote',
    baseUrl,
    key,
    keySetting: 'PEXELS_API_KEY',
    keyFormat: { pattern: /^[A-Za-z0-9]{56}$/, hint: 'Keys of Pexels are 56 letters and digits.' },
    authorize: (value) => ({ headers: { authorization: value } }),
    probe: { path: '/v1/curated?per_page=1', modelsIn: () => [] },
  });
}
