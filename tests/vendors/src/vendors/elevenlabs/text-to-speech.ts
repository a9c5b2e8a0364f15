import { listCharge } from '../../bill.js';
import { speakAligned, type CharacterTimes } from '../../content/aligned-speech.js';
import { encodeSound, type SoundFormat } from '../../content/encode-sound.js';
import { speak, spoiltAudio, spoiltSound } from '../../content/speech.js';
import { Refusal, type Call, type Reply } from '../../server/call.js';
import type { Credits } from './elevenlabs.js';
import { detail, invalid, modelMissing, quotaExceeded } from './elevenlabs-errors.js';
import { MODELS, VOICES, type Model, type Voice } from './elevenlabs-lists.js';

interface SpeechRequest {
  text: string;
  model_id?: string;
  language_code?: string | null;
  voice_settings?: {
    stability?: number;
    similarity_boost?: number;
    style?: number;
    speed?: number;
  } | null;
  seed?: number | null;
}

const FIELDS = new Set(
  'text model_id language_code voice_settings pronunciation_dictionary_locators seed previous_text next_text previous_request_ids next_request_ids use_pvc_as_ivc apply_text_normalization apply_language_text_normalization hcaptcha_token'.split(
    ' ',
  ),
);

const FORMATS: Readonly<Record<SoundFormat['container'], string>> = {
  mp3: 'audio/mpeg',
  pcm: 'audio/pcm',
  wav: 'audio/wav',
  opus: 'audio/opus',
  ulaw: 'audio/basic',
  alaw: 'audio/basic',
  aac: 'audio/aac',
  flac: 'audio/flac',
};
const FORMAT_NAMES =
  'mp3_22050_32 mp3_24000_48 mp3_44100_32 mp3_44100_64 mp3_44100_96 mp3_44100_128 mp3_44100_192 pcm_8000 pcm_16000 pcm_22050 pcm_24000 pcm_32000 pcm_44100 pcm_48000 wav_8000 wav_16000 wav_22050 wav_24000 wav_32000 wav_44100 wav_48000 ulaw_8000 alaw_8000 opus_48000_32 opus_48000_64 opus_48000_96 opus_48000_128 opus_48000_192'.split(
    ' ',
  );

/** `POST /v1/text-to-speech/{voice}` and `…/with-timestamps`. Characters are charged when the speech is made. */
export async function textToSpeech(
  call: Call,
  credits: Credits,
  { withTimes }: { withTimes: boolean },
): Promise<Reply> {
  const { request, voice, model, format } = readRequest(call);
  const needed = Math.ceil(Array.from(request.text).length * model.credits);
  if (needed > credits.left) throw new Refusal(quotaExceeded(credits.limit, credits.left, needed));
  if (call.fault?.kind === 'refusal') {
    throw new Refusal(
      detail(
        400,
        'content_against_policy',
        'Your request was blocked because it violates our terms of service.',
      ),
    );
  }
  credits.left -= needed;
  const characters = Array.from(request.text).length;
  call.charge(listCharge('elevenlabs', { model: model.id }, { characters, credits: needed }));
  const order = {
    text: request.text,
    voice: voice.voiceId,
    gender: voice.gender === 'female' ? ('f' as const) : ('m' as const),
    language: request.language_code ?? undefined,
    speed: request.voice_settings?.speed ?? 1,
  };
  const headers = { 'character-cost': String(needed) };
  if (!withTimes) {
    const sound = spoiltSound(await speak(order), call.fault);
    const audio = spoiltAudio(await encodeSound(sound, format), call.fault);
    return { headers: { ...headers, 'content-type': FORMATS[format.container] }, body: audio };
  }
  const { sound, times } = await speakAligned(order);
  const audio = spoiltAudio(await encodeSound(spoiltSound(sound, call.fault), format), call.fault);
  const alignment = alignmentOf(times);
  return {
    headers,
    body: { audio_base64: audio.toString('base64'), alignment, normalized_alignment: alignment },
  };
}

function alignmentOf({ characters, starts, ends }: CharacterTimes): object {
  return {
    characters,
    character_start_times_seconds: starts,
    character_end_times_seconds: ends,
  };
}

/** Errors: Refusal. */
function readRequest(call: Call): {
  request: SpeechRequest;
  voice: Voice;
  model: Model;
  format: SoundFormat;
} {
  const { json, query } = call.request;
  if (typeof json !== 'object' || json === null) {
    invalid(['body'], 'Field required', 'missing', null);
  }
  const stranger = Object.keys(json).find((field) => !FIELDS.has(field));
  if (stranger !== undefined)
    invalid(
      ['body', stranger],
      'Extra inputs are not permitted',
      'extra_forbidden',
      (json as Record<string, unknown>)[stranger],
    );
  const request = json as SpeechRequest;
  if (request.text === undefined) invalid(['body', 'text'], 'Field required', 'missing', json);
  if (typeof request.text !== 'string')
    invalid(['body', 'text'], 'Input should be a valid string', 'string_type', request.text);
  if (request.text.trim() === '')
    throw new Refusal(detail(400, 'input_text_empty', 'Input text is empty.'));
  const model = modelOf(request);
  checkSettings(request);
  const voice = VOICES.find(({ voiceId }) => voiceId === call.params['voice']);
  if (!voice) {
    throw new Refusal(
      detail(
        404,
        'voice_not_found',
        `A voice with the voice_id ${call.params['voice']} was not found.`,
      ),
    );
  }
  return { request, voice, model, format: formatOf(query['output_format'] ?? 'mp3_44100_128') };
}

function modelOf({ model_id: id = 'eleven_multilingual_v2', text }: SpeechRequest): Model {
  const model = MODELS.find((one) => one.id === id);
  if (!model) throw new Refusal(modelMissing(id));
  if (text.length > model.limit) {
    throw new Refusal(
      detail(
        400,
        'max_character_limit_exceeded',
        `This request's text has ${text.length} characters and exceeds the character limit of ${model.limit} characters for this model.`,
      ),
    );
  }
  return model;
}

function checkSettings({ voice_settings: settings, seed }: SpeechRequest): void {
  for (const name of ['stability', 'similarity_boost', 'style'] as const) {
    const value = settings?.[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'number')
      invalid(
        ['body', 'voice_settings', name],
        'Input should be a valid number',
        'float_type',
        value,
      );
    if (value < 0)
      invalid(
        ['body', 'voice_settings', name],
        'Input should be greater than or equal to 0',
        'greater_than_equal',
        value,
      );
    if (value > 1)
      invalid(
        ['body', 'voice_settings', name],
        'Input should be less than or equal to 1',
        'less_than_equal',
        value,
      );
  }
  const { speed = 1 } = settings ?? {};
  if (speed < 0.7 || speed > 1.2) {
    throw new Refusal(
      detail(
        400,
        'invalid_voice_settings',
        `Invalid setting for speed received, expected to be greater or equal to 0.7 and less or equal to 1.2, received ${speed}`,
      ),
    );
  }
  if (typeof seed === 'number' && (seed < 0 || seed > 4_294_967_295)) {
    invalid(
      ['body', 'seed'],
      'Input should be less than or equal to 4294967295',
      'less_than_equal',
      seed,
    );
  }
}

function formatOf(name: string): SoundFormat {
  if (!FORMAT_NAMES.includes(name)) {
    invalid(
      ['query', 'output_format'],
      `Input should be ${FORMAT_NAMES.map((one) => `'${one}'`).join(', ')}`,
      'enum',
      name,
    );
  }
  const [container = 'mp3', rate, kbps] = name.split('_');
  return {
    container: container as SoundFormat['container'],
    rateHz: Number(rate),
    ...(kbps === undefined ? {} : { kbps: Number(kbps) }),
  };
}
