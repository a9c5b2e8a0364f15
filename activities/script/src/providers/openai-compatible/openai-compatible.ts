import { Failure } from '@aura/failure';
import { compatibleAccount, isCompatibleModel, priceAt, type Account } from '@aura/provider';
import { modelScriptProvider } from '../../llm/model-script-provider.js';
import { chatModel } from '../openai/chat-model.js';
import {
  REPLY_BYTES,
  STRUCTURED,
  type ScriptEntry,
  type ScriptProviderSettings,
} from '../script-entry.js';

const NAME = 'openai-compatible';

/**
 * Any server that speaks OpenAI's chat protocol: LM Studio, vLLM, OpenRouter, Groq, Gemini's compatible endpoint …
 * What it charges is not known unless the price list was told: where it is somebody else's, nothing is asked under a cap
 * then.
 */
export const openaiCompatible: ScriptEntry = {
  name: NAME,
  stage: 'script',
  kind: 'language-model',
  runs: 'remote',
  gives: 'Scripts by the model of any server that speaks the protocol of OpenAI.',
  capabilities: STRUCTURED,
  settings: ['OPENAI_COMPATIBLE_BASE_URL', 'OPENAI_COMPATIBLE_API_KEY', 'OPENAI_COMPATIBLE_MODEL'],
  price: { kind: 'table', vendor: NAME },
  limits: { concurrentCalls: 2, replyBytes: REPLY_BYTES },
  account,
  create: (settings, { vendors, prices }) => {
    const own = account(settings);
    const model = modelOf(settings);
    const place = { provider: NAME, account: own, model, price: priceAt(prices, own, model) };
    return modelScriptProvider({
      name: NAME,
      model: chatModel({ ...place, vendors, isOpenAi: false }),
    });
  },
  model: (settings) => settings.openaiCompatible?.model,
  isModel: isCompatibleModel,
  isConfigured: (settings) => Boolean(settings.openaiCompatible?.baseUrl),
  check: (settings) => {
    const isNamed = Boolean(settings.openaiCompatible?.model);
    const { message: reason, code } = notSet('OPENAI_COMPATIBLE_MODEL');
    return Promise.resolve(
      isNamed ? { usable: true, reason: '' } : { usable: false, reason, code },
    );
  },
};

function account({ openaiCompatible: { key, baseUrl } = {} }: ScriptProviderSettings): Account {
  return compatibleAccount({
    key,
    baseUrl,
    addressSetting: 'OPENAI_COMPATIBLE_BASE_URL',
    keySetting: 'OPENAI_COMPATIBLE_API_KEY',
  });
}

function modelOf({ openaiCompatible: { model } = {} }: ScriptProviderSettings): string {
  if (!model) throw notSet('OPENAI_COMPATIBLE_MODEL');
  return model;
}

function notSet(setting: string): Failure {
  return new Failure('INVALID_CONFIG', `${setting} is not set.`);
}
