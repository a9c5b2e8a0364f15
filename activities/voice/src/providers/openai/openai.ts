import { openAiAccount, SPEECH_TOKENS_PER_SECOND, type Account, type Reply } from '@aura/provider';
import { languageName } from '../../language.js';
import type { SpeechPiece, VoiceProvider } from '../../voice-provider.js';
import { callSpeech, REPLY_BYTES } from '../remote/call-speech.js';
import { expenseOf } from '../remote/expense.js';
import { worstSpeech } from '../remote/worst-speech.js';
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
              {
                worst: worstSpeech(text),
                usageOf: (reply) => usageOf(text, { model, language: piece.language }, reply),
              },
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
  return {
    model,
    input: text,
    voice: voice.id ?? voice.name,
    response_format: 'wav',
    ...(isOlder(model) ? { speed } : { instructions: instructionsIn(language) }),
  };
}

function instructionsIn(language: string): string {
  const name = languageName(language);
  return `Narrate in ${name} for a documentary: calm, clear, at an even pace. Read numbers in ${name}.`;
}

/** WAV of 24 kHz, 16 bit, mono. */
const BYTES_PER_SECOND = 48_000;

const BYTES_PER_TOKEN = 4;

/**
 * The reply does not say what was used up; its length does, roughly. What is read is the text and how it is to be
 * spoken. Older models are paid by the character.
 */
function usageOf(
  text: string,
  { model, language }: { model: string; language: string },
  { sizeBytes }: Reply,
) {
  const readBytes = Buffer.byteLength(text) + Buffer.byteLength(instructionsIn(language));
  return {
    characters: Array.from(text).length,
    inputTokens: Math.ceil(readBytes / BYTES_PER_TOKEN),
    outputTokens: Math.ceil((sizeBytes / BYTES_PER_SECOND) * SPEECH_TOKENS_PER_SECOND),
    ...(isOlder(model) ? {} : { isEstimate: true }),
  };
}
