import { deepgramAccount, type Account, type Reply } from '@aura/provider';
import type { SpeechPiece, VoiceProvider } from '../../voice-provider.js';
import { callSpeech, REPLY_BYTES } from '../remote/call-speech.js';
import { expenseOf } from '../remote/expense.js';
import { listedVoiceFor } from '../remote/listed-voices.js';
import type { VoiceDeps, VoiceEntry } from '../voice-entry.js';
import type { VoiceSettings } from '../voice-settings.js';
import { DEEPGRAM_LANGUAGES, DEEPGRAM_VOICES } from './deepgram-voices.js';

const NAME = 'deepgram';
/** The family of voices, which has one price. */
const MODEL = 'aura-2';
/** By the vendor's page of errors a longer text is a 413. */
const LONGEST_TEXT = 2_000;
const CONCURRENT_CALLS = 4;

/** Deepgram's Aura-2 voices (POST /v1/speak, the vendor's API reference "Single Text Request"). They tell no times of words. */
export const deepgram: VoiceEntry = {
  name: NAME,
  stage: 'voice',
  kind: 'speech',
  runs: 'remote',
  gives: 'Natural voices in seven languages.',
  capabilities: { languages: DEEPGRAM_LANGUAGES },
  settings: ['DEEPGRAM_API_KEY', 'DEEPGRAM_BASE_URL'],
  price: { kind: 'table', vendor: NAME },
  limits: { concurrentCalls: CONCURRENT_CALLS, characters: LONGEST_TEXT, replyBytes: REPLY_BYTES },
  account,
  create: deepgramProvider,
};

function account({ deepgram: { apiKey, baseUrl } = {} }: VoiceSettings): Account {
  return deepgramAccount({ key: apiKey, baseUrl });
}

function deepgramProvider(settings: VoiceSettings, deps: VoiceDeps): VoiceProvider {
  const own = account(settings);
  const payee = { provider: NAME, account: own, model: MODEL, prices: deps.prices };
  return {
    name: NAME,
    model: MODEL,
    longestText: LONGEST_TEXT,
    isPaid: true,
    languages: DEEPGRAM_LANGUAGES,
    version: () => Promise.resolve(MODEL),
    voiceFor: (wish) => listedVoiceFor(DEEPGRAM_VOICES, wish),
    speak: (piece, options) =>
      callSpeech(
        deps,
        {
          account: own,
          model: voiceOf(piece),
          path: `/v1/speak?model=${voiceOf(piece)}&encoding=linear16&container=wav&sample_rate=24000`,
          request: (text) => ({ text }),
          expense: (text) =>
            expenseOf(
              payee,
              { worst: { characters: Array.from(text).length }, usageOf },
              options.unit,
            ).expense,
        },
        piece,
        options,
      ),
  };
}

function voiceOf({ voice }: SpeechPiece): string {
  return encodeURIComponent(voice.id ?? voice.name);
}

/** The vendor says how many characters it has counted. */
function usageOf({ headers }: Reply) {
  const characters = Number(headers['dg-char-count']);
  return Number.isSafeInteger(characters) && characters > 0 ? { characters } : undefined;
}
