import { createAccount, missingKey, type Account } from '../account.js';

export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

export interface OpenAiAccountSettings {
  /** Undefined for servers on own machines that want none. */
  key?: string | undefined;
  /** `OPENAI_BASE_URL` unless given. Ends in `/v1` with all that are known. */
  baseUrl?: string | undefined;
  keySetting?: string;
  /** Another vendor that speaks the same protocol: its word for time limits and prices. */
  vendor?: string;
  /** 'local' for servers on own machines: never through a proxy, and there in offline mode. */
  runs?: 'remote' | 'local';
  maxConcurrentCalls?: number;
}

/**
 * An account at OpenAI, or at any server that speaks its protocol. Serves script, voice and pictures alike.
 * Errors: MissingApiKey:OPENAI_API_KEY, INVALID_CONFIG.
 */
export function openAiAccount(settings: OpenAiAccountSettings): Account {
  const { key, baseUrl = OPENAI_BASE_URL, keySetting = 'OPENAI_API_KEY' } = settings;
  if (!key && settings.vendor === undefined) throw missingKey(keySetting);
  const isOpenAi = baseUrl.startsWith('https://api.openai.com/');
  return createAccount({
    vendor: settings.vendor ?? 'openai',
    runs: settings.runs ?? 'remote',
    baseUrl,
    key,
    keySetting,
    maxConcurrentCalls: settings.maxConcurrentCalls ?? 4,
    // Other servers give out keys of their own making.
    ...(isOpenAi ? { keyFormat: OPENAI_KEY_FORMAT } : {}),
    missingModel: (model) =>
      isOpenAi
        ? `OpenAI has no model ${model} for this key.`
        : `The server at ${new URL(baseUrl).host} has no model ${model}: load it there, or name another.`,
    probe: { path: '/models', modelsIn: modelIds },
  });
}

/** Project keys, service accounts and old user keys all begin so and are long. */
export const OPENAI_KEY_FORMAT = {
  pattern: /^sk-[A-Za-z0-9_-]{20,}$/,
  hint: 'Keys of OpenAI begin with "sk-" and are longer.',
};

/** Of the reply to GET /v1/models: `{ data: [{ id }] }`. */
function modelIds(body: unknown): string[] {
  const data = (body as { data?: unknown } | null)?.data;
  if (!Array.isArray(data)) return [];
  return data.flatMap((model: unknown) => {
    const id = (model as { id?: unknown } | null)?.id;
    return typeof id === 'string' ? [id] : [];
  });
}
