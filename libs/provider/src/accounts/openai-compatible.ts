import type { Account } from '../account.js';
import { members, namesIn } from '../members.js';
import type { AccountSettings } from './account-settings.js';
import { ownServer } from './own-server.js';

export interface CompatibleSettings extends AccountSettings {
  /** The variable that names the address, for messages. */
  addressSetting: string;
  keySetting: string;
  /** What the probe lists: models, or the voices that Kokoro-FastAPI tells. Models unless given. */
  lists?: 'models' | 'voices' | undefined;
}

/**
 * Any server that speaks OpenAI's protocol: LM Studio, vLLM, OpenRouter, Groq, Kokoro-FastAPI, LocalAI … Its own word for
 * limits and prices, whichever it is. Errors: `MissingApiKey:<addressSetting>`, INVALID_CONFIG.
 */
export function compatibleAccount(settings: CompatibleSettings): Account {
  const { key, baseUrl, addressSetting, keySetting, lists = 'models' } = settings;
  return ownServer(baseUrl, addressSetting, {
    vendor: 'openai-compatible',
    key,
    keySetting,
    maxConcurrentCalls: 2,
    missingModel: (model) =>
      `The server at ${addressSetting} has no model ${model}: load it there, or name another.`,
    probe:
      lists === 'voices'
        ? { path: '/audio/voices', modelsIn: (body) => namesIn(members(body)['voices'], 'id') }
        : { path: '/models', modelsIn: (body) => namesIn(members(body)['data'], 'id') },
  });
}

/** Some servers list their models with a folder before the name. */
export function isCompatibleModel(listed: string, model: string): boolean {
  return listed.endsWith(`/${model}`);
}
