import { compatibleAccount, costOf, priceAt, type Account } from '@aura/provider';
import type { ProviderVoice, VoiceProvider, VoiceWish } from '../../voice-provider.js';
import { callSpeech, REPLY_BYTES } from '../remote/call-speech.js';
import { expenseOf } from '../remote/expense.js';
import type { VoiceDeps, VoiceEntry } from '../voice-entry.js';
import type { VoiceSettings } from '../voice-settings.js';
import { listedModels } from '../remote/listed-models.js';
import { listedVoiceFor, type ListedVoice } from '../remote/listed-voices.js';
import { worstSpeech } from '../remote/worst-speech.js';
import { kokoroVoices } from './kokoro-voices.js';

const NAME = 'openai-compatible';
const MODEL = 'kokoro';
const CONCURRENT_CALLS = 2;

/**
 * Any server that speaks OpenAI's POST /v1/audio/speech: Kokoro-FastAPI, whose voices are found out by
 * GET /v1/audio/voices, and LocalAI and its like, whose voice is set. A sentence at a time, so that captions
 * know where each begins.
 */
export const openAiCompatible: VoiceEntry = {
  name: NAME,
  stage: 'voice',
  kind: 'speech',
  runs: 'remote',
  gives: 'The voices of a server of your own, for example Kokoro.',
  capabilities: {},
  settings: [
    'AURA_TTS_URL',
    'AURA_TTS_MODEL',
    'AURA_TTS_VOICE',
    'AURA_TTS_LANGUAGES',
    'AURA_TTS_API_KEY',
  ],
  price: { kind: 'table', vendor: NAME },
  limits: { concurrentCalls: CONCURRENT_CALLS, replyBytes: REPLY_BYTES },
  account,
  create: compatibleProvider,
};

const NO_VOICES = 'The server at AURA_TTS_URL lists no voices: set AURA_TTS_VOICE.';

function account({ openAiCompatible: settings = {} }: VoiceSettings): Account {
  const { url, apiKey, voice } = settings;
  return compatibleAccount({
    key: apiKey,
    baseUrl: url,
    addressSetting: 'AURA_TTS_URL',
    keySetting: 'AURA_TTS_API_KEY',
    lists: voice ? 'models' : 'voices',
  });
}

function compatibleProvider(settings: VoiceSettings, deps: VoiceDeps): VoiceProvider {
  const own = account(settings);
  const { model = MODEL, voice, languages = 'en' } = settings.openAiCompatible ?? {};
  const payee = { provider: NAME, account: own, model, prices: deps.prices };
  // One on own machines may hand on to another that is paid, and then has a price.
  const isPriced = costOf(priceAt(deps.prices, own, model), worstSpeech('a')) > 0;
  const isPaid = own.runs === 'remote' || isPriced;
  let names: readonly string[] = [];
  let listed: ListedVoice[] = [];
  return {
    name: NAME,
    // Without a set voice the probe lists voices and no models.
    ...(voice === undefined ? { withoutVoices: NO_VOICES } : { model }),
    isPaid,
    speeds: { from: 0.5, to: 2 },
    get languages() {
      if (voice !== undefined) return languagesOf(voice, languages);
      return [...new Set(listed.map((one) => new Intl.Locale(one.language).language))];
    },
    version: () => Promise.resolve(model),
    voiceFor: (wish) =>
      voice === undefined ? listedVoiceFor(listed, wish) : setVoice(voice, languages, wish),
    async learn(signal) {
      if (voice !== undefined) return;
      names = await listedModels(
        { vendors: deps.vendors, account: own, withoutVoices: NO_VOICES },
        names,
        signal,
      );
      listed = kokoroVoices(names);
    },
    speak: (piece, options) =>
      callSpeech(
        deps,
        {
          account: own,
          model,
          path: '/audio/speech',
          request: (text) => ({
            model,
            input: text,
            voice: piece.voice.id ?? piece.voice.name,
            response_format: 'wav',
            ...(piece.speed === undefined || piece.speed === 1 ? {} : { speed: piece.speed }),
          }),
          expense: (text) =>
            isPaid
              ? expenseOf(payee, { worst: worstSpeech(text) }, options.unit).expense
              : undefined,
        },
        piece,
        options,
      ),
  };
}

/** A voice of Kokoro says by its name what it speaks; of others the setting says it. */
function languagesOf(voice: string, setting: string): string[] {
  const known = kokoroVoices([voice])[0];
  if (known) return [new Intl.Locale(known.language).language];
  return setting
    .split(',')
    .map((tag) => tag.trim().toLowerCase())
    .filter((tag) => /^[a-z]{2,3}$/u.test(tag));
}

function setVoice(voice: string, setting: string, wish: VoiceWish): ProviderVoice | undefined {
  const { language, gender, name } = wish;
  if (!languagesOf(voice, setting).includes(new Intl.Locale(language).language)) return undefined;
  const known = kokoroVoices([voice])[0];
  return {
    name: voice,
    gender: known?.gender ?? gender,
    language: known?.language ?? language,
    isNamed: name.toLowerCase() === voice.toLowerCase(),
  };
}
