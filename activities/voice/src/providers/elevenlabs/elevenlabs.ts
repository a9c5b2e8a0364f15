import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import { elevenLabsAccount, members, parseJson, type Account } from '@aura/provider';
import { decodeSpeech } from '../../sound/decode-speech.js';
import { spokenText } from '../../text/spoken-text.js';
import type {
  SpeakOptions,
  SpeechPiece,
  SpokenPiece,
  VoiceProvider,
} from '../../voice-provider.js';
import { replyFile } from '../remote/call-speech.js';
import { expenseOf } from '../remote/expense.js';
import { longestSpeechMs } from '../remote/longest-speech.js';
import type { VoiceDeps, VoiceEntry } from '../voice-entry.js';
import type { VoiceSettings } from '../voice-settings.js';
import { readAlignment, wordTimes } from './character-times.js';
import { elevenLabsVoiceFor, languagesOf } from './elevenlabs-voices.js';

const NAME = 'elevenlabs';
const MODEL = 'eleven_multilingual_v2';
/** Every plan has it; PCM of 44.1 kHz and MP3 of 192 kbit/s are for dearer ones. */
const FORMAT = 'mp3_44100_128';
/** The models take 5,000 and more; three minutes are as much as one reply should hold. */
const LONGEST_TEXT = 2_500;
/** The least that a plan allows at the same time. */
const CONCURRENT_CALLS = 2;
const REPLY_BYTES = 16 * 1024 * 1024;

/** A steady narrator; the vendor's own defaults but for the speed. */
const VOICE_SETTINGS = {
  stability: 0.5,
  similarity_boost: 0.75,
  style: 0,
  use_speaker_boost: true,
};
const SPEEDS = { from: 0.7, to: 1.2 };

/**
 * ElevenLabs: natural voices with the time of each character (POST /v1/text-to-speech/{voice}/with-timestamps,
 * the vendor's API reference "Create speech with timing").
 */
export const elevenLabs: VoiceEntry = {
  name: NAME,
  stage: 'voice',
  kind: 'speech',
  runs: 'remote',
  gives: 'Natural voices in some thirty languages, with exact word times.',
  capabilities: { languages: languagesOf(MODEL), wordTimings: true },
  settings: [
    'ELEVENLABS_API_KEY',
    'ELEVENLABS_BASE_URL',
    'ELEVENLABS_MODEL',
    'ELEVENLABS_OUTPUT_FORMAT',
  ],
  price: { kind: 'table', vendor: NAME },
  limits: {
    concurrentCalls: CONCURRENT_CALLS,
    characters: LONGEST_TEXT,
    replyBytes: REPLY_BYTES,
  },
  account,
  create: elevenLabsProvider,
};

function account({ elevenLabs: { apiKey, baseUrl } = {} }: VoiceSettings): Account {
  return elevenLabsAccount({ key: apiKey, baseUrl });
}

function elevenLabsProvider(settings: VoiceSettings, deps: VoiceDeps): VoiceProvider {
  const own = account(settings);
  const { model = MODEL, outputFormat = FORMAT } = settings.elevenLabs ?? {};
  return {
    name: NAME,
    model,
    longestText: LONGEST_TEXT,
    isPaid: true,
    speeds: SPEEDS,
    languages: languagesOf(model),
    version: () => Promise.resolve(`${model} ${outputFormat}`),
    voiceFor: (wish) => elevenLabsVoiceFor(wish, model),

    async speak(piece: SpeechPiece, options: SpeakOptions): Promise<SpokenPiece> {
      const spoken = spokenText(piece.words, piece.glued);
      const kept = await replyFile(options, async ({ scratch, signal }) => {
        const reply = await deps.vendors.callVendor({
          account: own,
          endpoint: 'speech',
          model,
          path: `/v1/text-to-speech/${encodeURIComponent(piece.voice.id ?? piece.voice.name)}/with-timestamps`,
          query: { output_format: outputFormat },
          json: requestOf(spoken.text, model, piece),
          mediaTypes: ['application/json'],
          limits: { maxBytes: REPLY_BYTES },
          signal,
          ...expenseOf(
            { provider: NAME, account: own, model, prices: deps.prices },
            { worst: { characters: spoken.characters.length }, isExact: true },
            options.unit,
          ),
        });
        const file = path.join(scratch, 'elevenlabs.json');
        await writeFile(file, reply.bytes);
        return file;
      });
      const { audio, alignment } = readReply(await readFile(kept));
      const file = path.join(options.scratch, 'elevenlabs.audio');
      await writeFile(file, audio);
      const sound = await decodeSpeech(file, {
        ...options,
        ffmpegPath: deps.ffmpegPath,
        longestMs: longestSpeechMs(spoken.text, piece.speed),
        pcmRate: Number(/^pcm_(?<rate>\d+)$/u.exec(outputFormat)?.groups?.['rate']) || undefined,
      });
      return {
        sound,
        words: alignment ? wordTimes(spoken, alignment) : piece.words.map(() => undefined),
      };
    },
  };
}

function requestOf(text: string, model: string, { language, speed = 1 }: SpeechPiece): object {
  return {
    text,
    model_id: model,
    voice_settings: { ...VOICE_SETTINGS, ...(speed === 1 ? {} : { speed }) },
    // Multilingual v2 refuses to be told; the newer ones read digits by it.
    ...(/_v2_5$|_v3/u.test(model) ? { language_code: new Intl.Locale(language).language } : {}),
  };
}

function readReply(body: Buffer): { audio: Buffer; alignment: ReturnType<typeof readAlignment> } {
  const { audio_base64: audio, alignment } = members(parseJson(body).value);
  if (typeof audio !== 'string' || audio === '') {
    throw new Failure('NarrationInvalid', 'The voice gave no usable sound.', {
      details: 'the reply has no audio_base64',
    });
  }
  return { audio: Buffer.from(audio, 'base64'), alignment: readAlignment(alignment) };
}
