import { openAiAccount, type Account, type Reply } from '@aura/provider';
import { languageName } from '../../language.js';
import { speechWeight } from '../../text/speech-weight.js';
import type { SpeechPiece, VoiceProvider } from '../../voice-provider.js';
import { callSpeech, REPLY_BYTES } from '../remote/call-speech.js';
import { expenseOf } from '../remote/expense.js';
import type { VoiceDeps, VoiceEntry } from '../voice-entry.js';
import type { VoiceSettings } from '../voice-settings.js';
import { OPENAI_LANGUAGES, openAiVoiceFor } from './openai-voices.js';

const NAME = 'openai';
const MODEL = 'gpt-4o-mini-tts';
/** 4,096 characters are taken, but the newer models read no more than 2,000 tokens: a character is one at most. */
const LONGEST_TEXT = 1_800;
const CONCURRENT_CALLS = 4;

/**
 * OpenAI's voices (POST /v1/audio/speech, the vendor's API reference "Create speech"). They do not tell the
 * times of words.
 */
export const openAi: VoiceEntry = {
  name: NAME,
  stage: 'voice',
  kind: 'speech',
  runs: 'remote',
  gives: 'Natural voices in some fifty languages.',
  capabilities: { languages: OPENAI_LANGUAGES },
  settings: ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_SPEECH_MODEL', 'OPENAI_SPEECH_VOICE'],
  price: { kind: 'table', vendor: NAME },
  limits: { concurrentCalls: CONCURRENT_CALLS, characters: LONGEST_TEXT, replyBytes: REPLY_BYTES },
  account,
  create: openAiProvider,
};

function account({ openAi: settings = {} }: VoiceSettings): Account {
  return openAiAccount({ key: settings.apiKey, baseUrl: settings.baseUrl });
}

function openAiProvider(settings: VoiceSettings, deps: VoiceDeps): VoiceProvider {
  const own = account(settings);
  const { model = MODEL, voice } = settings.openAi ?? {};
  const payee = { provider: NAME, account: own, model, prices: deps.prices };
  return {
    name: NAME,
    model,
    longestText: LONGEST_TEXT,
    isPaid: true,
    // The newer models are told how to speak and do not keep to a figure.
    ...(isOlder(model) ? { speeds: { from: 0.5, to: 2 } } : {}),
    languages: OPENAI_LANGUAGES,
    version: () => Promise.resolve(`${model} ${INSTRUCTED}`),
    voiceFor: (wish) => openAiVoiceFor(wish, voice),
    speak: (piece, options) =>
      callSpeech(
        deps,
        {
          account: own,
          model,
          path: '/audio/speech',
          request: (text) => requestOf(text, model, piece),
          expense: (text) =>
            expenseOf(
              payee,
              { worst: worstUsage(text), usageOf: (reply) => usageOf(text, reply) },
              options.unit,
            ).expense,
        },
        piece,
        options,
      ),
  };
}

/** tts-1 and tts-1-hd take a speed and no instructions, the newer ones the other way round. */
function isOlder(model: string): boolean {
  return model.startsWith('tts-');
}

/** Raised with every change of the instructions. */
const INSTRUCTED = 'narrator 1';

function requestOf(
  text: string,
  model: string,
  { language, voice, speed = 1 }: SpeechPiece,
): object {
  const name = languageName(language);
  return {
    model,
    input: text,
    voice: voice.id ?? voice.name,
    response_format: 'wav',
    ...(isOlder(model)
      ? { speed }
      : {
          instructions: `Narrate in ${name} for a documentary: calm, clear, at an even pace. Read numbers in ${name}.`,
        }),
  };
}

/** Audio tokens that a second of speech takes, by the vendor's own estimate of 0.015 dollars a minute. */
export const TOKENS_PER_SECOND = 21;
/** WAV of 24 kHz, 16 bit, mono. */
const BYTES_PER_SECOND = 48_000;
/** For each letter's worth of speech: four times as long as it usually takes. */
const SLOWEST_SECONDS = 0.25;

function worstUsage(text: string) {
  const characters = Array.from(text).length;
  const seconds = speechWeight(text) * SLOWEST_SECONDS + 2;
  return {
    characters,
    inputTokens: characters + 100,
    outputTokens: Math.ceil(seconds * TOKENS_PER_SECOND),
  };
}

/** The reply does not say what was used up; its length does. */
function usageOf(text: string, { sizeBytes }: Reply) {
  const characters = Array.from(text).length;
  return {
    characters,
    inputTokens: Math.ceil(characters / 4) + 30,
    outputTokens: Math.ceil((sizeBytes / BYTES_PER_SECOND) * TOKENS_PER_SECOND),
  };
}
