import { createAccount, missingKey, type Account } from '../account.js';
import { members, namesIn } from '../members.js';
import type { AccountSettings } from './account-settings.js';

const BASE_URL = 'https://api.openai.com/v1';

/** An account at OpenAI. Serves script, voice and pictures alike. Errors: MissingApiKey:OPENAI_API_KEY, INVALID_CONFIG. */
export function openAiAccount({ key, baseUrl = BASE_URL }: AccountSettings): Account {
  if (!key) throw missingKey('OPENAI_API_KEY');
  const isOpenAi = baseUrl.startsWith('https://api.openai.com/');
  return createAccount({
    vendor: 'openai',
    runs: 'remote',
    baseUrl,
    key,
    keySetting: 'OPENAI_API_KEY',
    // Other servers give out keys of their own making.
    ...(isOpenAi ? { keyFormat: KEY_FORMAT } : {}),
    missingModel: (model) =>
      isOpenAi
        ? `OpenAI has no model ${model} for this key.`
        : `The server at ${new URL(baseUrl).host} has no model ${model}: load it there, or name another.`,
    probe: { path: '/models', modelsIn: (body) => namesIn(members(body)['data'], 'id') },
  });
}

/** Project keys, service accounts and old user keys all begin so and are long. */
const KEY_FORMAT = {
  pattern: /^sk-[A-Za-z0-9_-]{20,}$/,
  hint: 'Keys of OpenAI begin with "sk-" and are longer.',
};
