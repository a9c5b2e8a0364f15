import { freePrice, ollamaAccount, ollamaModelThere, type Account } from '@aura/provider';
import { modelScriptProvider } from '../../llm/model-script-provider.js';
import {
  REPLY_BYTES,
  STRUCTURED,
  type ScriptEntry,
  type ScriptProviderSettings,
} from '../script-entry.js';
import { notRunning, OllamaServer } from './ollama-server.js';
import { ollamaModel } from './ollama-model.js';

const NAME = 'ollama';

export const ollama: ScriptEntry = {
  name: NAME,
  stage: 'script',
  kind: 'language-model',
  runs: 'local',
  gives: 'Scripts by a language model on your own machine.',
  capabilities: STRUCTURED,
  settings: ['OLLAMA_HOST', 'OLLAMA_MODEL'],
  price: { kind: 'free' },
  limits: { concurrentCalls: 1, replyBytes: REPLY_BYTES },
  account,
  create: (settings, { vendors }) => {
    const own = account(settings);
    const model = modelOf(settings);
    const server = new OllamaServer(vendors, own, model);
    const place = { provider: NAME, account: own, model, price: freePrice(NAME, model) };
    return modelScriptProvider({
      name: NAME,
      model: ollamaModel({ ...place, vendors, server }),
    });
  },
  model: modelOf,
  isModel: (listed, model) => ollamaModelThere(model, [listed]) !== undefined,
  isConfigured: (settings) => Boolean(settings.ollama?.host),
  reworded: ({ code, reason }, settings) =>
    code === 'TransientNetworkFailure' ? notRunning(account(settings)) : reason,
};

function account(settings: ScriptProviderSettings): Account {
  return ollamaAccount({ baseUrl: settings.ollama?.host });
}

function modelOf(settings: ScriptProviderSettings): string {
  return settings.ollama?.model ?? '';
}
