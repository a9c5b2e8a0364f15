import { anthropicAccount, priceAt, type Account } from '@aura/provider';
import { modelScriptProvider } from '../../llm/model-script-provider.js';
import {
  REPLY_BYTES,
  STRUCTURED,
  type ScriptEntry,
  type ScriptProviderSettings,
} from '../script-entry.js';
import { messagesModel } from './messages-model.js';

const NAME = 'anthropic';

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
    const place = { provider: NAME, account: own, model, price: priceAt(prices, own, model) };
    return modelScriptProvider({ name: NAME, model: messagesModel({ ...place, vendors }) });
  },
  model: modelOf,
};

function account(settings: ScriptProviderSettings): Account {
  return anthropicAccount(settings.anthropic ?? {});
}

function modelOf({ anthropic }: ScriptProviderSettings): string {
  return anthropic?.model ?? '';
}
