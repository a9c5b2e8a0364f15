import { openAiAccount, priceAt, type Account } from '@aura/provider';
import { modelScriptProvider } from '../../llm/model-script-provider.js';
import {
  REPLY_BYTES,
  STRUCTURED,
  type ScriptEntry,
  type ScriptProviderSettings,
} from '../script-entry.js';
import { chatModel } from './chat-model.js';

const NAME = 'openai';

export const openai: ScriptEntry = {
  name: NAME,
  stage: 'script',
  kind: 'language-model',
  runs: 'remote',
  gives: 'Scripts by a language model of OpenAI.',
  capabilities: STRUCTURED,
  settings: ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_SCRIPT_MODEL'],
  price: { kind: 'table', vendor: 'openai' },
  limits: { concurrentCalls: 4, replyBytes: REPLY_BYTES },
  account,
  create: (settings, { vendors, prices }) => {
    const own = account(settings);
    const model = modelOf(settings);
    const place = {
      provider: NAME,
      account: own,
      model,
      price: priceAt(prices, own, model),
    };
    return modelScriptProvider({
      name: NAME,
      model: chatModel({ ...place, vendors, isOpenAi: true }),
    });
  },
  model: modelOf,
};

function account(settings: ScriptProviderSettings): Account {
  return openAiAccount(settings.openai ?? {});
}

function modelOf({ openai }: ScriptProviderSettings): string {
  return openai?.model ?? '';
}
