import type { FailureCode } from '@aura/failure';
import { createAccount, missingKey, type Account, type ErrorReply } from '@aura/provider';
import { priceOf } from '../../llm/model-call.js';
import { modelScriptProvider } from '../../llm/model-script-provider.js';
import {
  REPLY_BYTES,
  STRUCTURED,
  type ScriptEntry,
  type ScriptProviderSettings,
} from '../script-entry.js';
import { messagesModel } from './messages-model.js';

const NAME = 'anthropic';
const BASE_URL = 'https://api.anthropic.com';

export const anthropic: ScriptEntry = {
  name: NAME,
  stage: 'script',
  kind: 'language-model',
  runs: 'remote',
  gives: 'Scripts by a language model of Anthropic.',
  capabilities: STRUCTURED,
  settings: ['ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', 'ANTHROPIC_MODEL'],
  price: { kind: 'table', vendor: NAME },
  limits: { concurrentCalls: 4, replyBytes: REPLY_BYTES },
  account,
  create: (settings, { vendors, prices }) => {
    const own = account(settings);
    const model = modelOf(settings);
    const place = { provider: NAME, account: own, model, price: priceOf(prices, NAME, model) };
    return modelScriptProvider({ name: NAME, model: messagesModel({ ...place, vendors }) });
  },
  model: modelOf,
};

function account(settings: ScriptProviderSettings): Account {
  const { key, baseUrl = BASE_URL } = settings.anthropic ?? {};
  if (!key) throw missingKey('ANTHROPIC_API_KEY');
  return createAccount({
    vendor: NAME,
    runs: 'remote',
    baseUrl,
    key,
    keySetting: 'ANTHROPIC_API_KEY',
    authorize: (value) => ({ headers: { 'x-api-key': value } }),
    headers: { 'anthropic-version': '2023-06-01' },
    ...(baseUrl === BASE_URL ? { keyFormat: KEY_FORMAT } : {}),
    faultOf,
    missingModel: (model) => `Anthropic has no model ${model} for this key.`,
    probe: { path: '/v1/models', modelsIn: modelIds },
  });
}

/** An empty purse is told as a request that is wrong, in words only. */
function faultOf({ status, body }: ErrorReply): FailureCode | undefined {
  const said = JSON.stringify(body ?? '');
  return status === 400 && /credit balance/i.test(said) ? 'QUOTA_EXCEEDED' : undefined;
}

const KEY_FORMAT = {
  pattern: /^sk-ant-[A-Za-z0-9_-]{20,}$/,
  hint: 'Keys of Anthropic begin with "sk-ant-" and are longer.',
};

function modelOf({ anthropic }: ScriptProviderSettings): string {
  return anthropic?.model ?? '';
}

/** Of the reply to GET /v1/models: `{ data: [{ id }] }`. */
function modelIds(body: unknown): string[] {
  const { data } = (body ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) return [];
  return data.flatMap((model: unknown) => {
    const { id } = (model ?? {}) as { id?: unknown };
    return typeof id === 'string' ? [id] : [];
  });
}
