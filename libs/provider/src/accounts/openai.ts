import type { FailureCode } from '@aura/failure';
import { createAccount, missingKey, type Account, type ErrorReply } from '../account.js';
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
    faultOf,
    missingModel: (model) =>
      isOpenAi
        ? `OpenAI has no model ${model} for this key.`
        : `The server at ${new URL(baseUrl).host} has no model ${model}: load it there, or name another.`,
    probe: { path: '/models', modelsIn: (body) => namesIn(members(body)['data'], 'id') },
  });
}

/**
 * A key that is taken and may not do this work: told as 403 in the usual form of errors (an organization that is not
 * verified for a model of pictures), or as 401 in words (a restricted key). What concerns the whole account has a
 * code of its own. A 403 in any other form is that of somebody in between, and of the key for all we know.
 */
function faultOf({ status, body }: ErrorReply): FailureCode | undefined {
  const { code, message } = members(members(body)['error']);
  if (typeof message !== 'string') return undefined;
  if (status === 401) {
    return /insufficient permissions|missing scopes/i.test(message)
      ? 'PERMISSION_DENIED'
      : undefined;
  }
  const isOfWork = status === 403 && (code === null || code === undefined);
  return isOfWork ? 'PERMISSION_DENIED' : undefined;
}

/** Project keys, service accounts and old user keys all begin so and are long. */
const KEY_FORMAT = {
  pattern: /^sk-[A-Za-z0-9_-]{20,}$/,
  hint: 'Keys of OpenAI begin with "sk-" and are longer.',
};
