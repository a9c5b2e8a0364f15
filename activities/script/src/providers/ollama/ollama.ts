import { createAccount, freePrice, isOwnMachine, type Account } from '@aura/provider';
import { modelScriptProvider } from '../../llm/model-script-provider.js';
import {
  REPLY_BYTES,
  STRUCTURED,
  type ScriptEntry,
  type ScriptProviderSettings,
} from '../script-entry.js';
import { modelThere, modelsIn, pullHint } from './ollama-models.js';
import { notRunning, OllamaServer } from './ollama-server.js';
import { ollamaModel } from './ollama-model.js';

const NAME = 'ollama';
const DEFAULT_HOST = 'http://127.0.0.1:11434';
const DEFAULT_PORT = '11434';

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
  isModel: (listed, model) => modelThere(model, [listed]) !== undefined,
  isConfigured: (settings) => Boolean(settings.ollama?.host),
  freshness: { wellMs: 30_000, illMs: 10_000 },
  reworded: ({ code, reason }, settings) =>
    code === 'TransientNetworkFailure' ? notRunning(account(settings)) : reason,
};

/** One model works on one thing at a time: more calls would only wait inside it until they are too late. */
function account(settings: ScriptProviderSettings): Account {
  const baseUrl = addressOf(settings.ollama?.host);
  return createAccount({
    vendor: NAME,
    runs: isOwnMachine(baseUrl) ? 'local' : 'remote',
    baseUrl,
    maxConcurrentCalls: 1,
    missingModel: pullHint,
    probe: { path: '/api/tags', modelsIn },
  });
}

function modelOf(settings: ScriptProviderSettings): string {
  return settings.ollama?.model ?? '';
}

/** OLLAMA_HOST as Ollama itself reads it: scheme and port may be missing, and 0.0.0.0 is where it listens. */
function addressOf(host: string | undefined): string {
  if (!host) return DEFAULT_HOST;
  const full = /^https?:\/\//i.test(host) ? host : `http://${host}`;
  if (!URL.canParse(full)) return full;
  const url = new URL(full);
  const hasPort = url.port !== '' || /:(?:80|443)(?:\/|$)/.test(full) || url.protocol === 'https:';
  if (!hasPort) url.port = DEFAULT_PORT;
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  return url.href.replace(/\/$/, '');
}
