import { speakAligned, type CharacterTimes } from '../../content/aligned-speech.js';
import { encodeSound, type SoundFormat } from '../../content/encode-sound.js';
import {
  durationSeconds,
  speak,
  spoiltAudio,
  spoiltSound,
  type SpeechOrder,
} from '../../content/speech.js';
import { Refusal, type Call, type Reply } from '../../server/call.js';
import { detail, unprocessable } from './kokoro-errors.js';

interface SpeechRequest {
  model?: string;
  input?: unknown;
  voice?: string;
  response_format?: string;
  speed?: number;
  stream?: boolean;
  lang_code?: string | null;
}

/** The first letter is the language, the second the gender. */
export const KOKORO_VOICES =
  'af_alloy af_bella af_heart af_nicole af_nova af_sarah af_sky am_adam am_echo am_eric am_michael am_onyx am_puck bf_alice bf_emma bf_isabella bm_daniel bm_fable bm_george bm_lewis ef_dora em_alex ff_siwis hf_alpha hm_omega if_sara im_nicola jf_alpha jm_kumo pf_dora pm_alex zf_xiaobei zm_yunjian'.split(
    ' ',
  );

const LANGUAGES: Readonly<Record<string, string>> = {
  a: 'en',
  b: 'en',
  e: 'es',
  f: 'fr',
  h: 'hi',
  i: 'it',
  j: 'ja',
  p: 'pt',
  z: 'zh',
};

const OPENAI_VOICES: Readonly<Record<string, string>> = {
  alloy: 'am_adam',
  ash: 'af_nicole',
  coral: 'bf_emma',
  echo: 'af_bella',
  fable: 'af_sarah',
  onyx: 'bm_george',
  nova: 'bf_isabella',
  sage: 'am_michael',
  shimmer: 'af_sky',
};

const TYPES: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  opus: 'audio/opus',
  aac: 'audio/aac',
  flac: 'audio/flac',
  wav: 'audio/wav',
  pcm: 'audio/pcm',
};

/** `POST /v1/audio/speech`: streamed in pieces unless `stream` is false. */
export async function kokoroSpeech(call: Call, models: readonly string[]): Promise<Reply> {
  const request = readRequest(call);
  const { model = 'kokoro', stream = true } = request;
  if (!models.includes(model)) {
    throw new Refusal(
      detail(400, 'invalid_model', `Unsupported model: ${model}`, 'invalid_request_error'),
    );
  }
  const order = orderOf(request);
  const sound = await speak(order);
  chargeNothing(call, model, durationSeconds(sound));
  const format = formatOf(request);
  const bytes = spoiltAudio(await encodeSound(spoiltSound(sound, call.fault), format), call.fault);
  return {
    headers: {
      'content-type': TYPES[format.container] ?? 'audio/mpeg',
      'content-disposition': `attachment; filename=speech.${format.container}`,
      'cache-control': 'no-cache',
      ...(stream ? { 'x-accel-buffering': 'no' } : {}),
    },
    body: stream ? pieces(bytes) : bytes,
  };
}

/** `POST /dev/captioned_speech`: sound and the times of its words. */
export async function captionedSpeech(call: Call): Promise<Reply> {
  const request = readRequest(call);
  const { sound, times } = await speakAligned(orderOf(request));
  chargeNothing(call, request.model ?? 'kokoro', durationSeconds(sound));
  const format = formatOf(request);
  const bytes = spoiltAudio(await encodeSound(spoiltSound(sound, call.fault), format), call.fault);
  const body = {
    audio: bytes.toString('base64'),
    audio_format: TYPES[format.container],
    timestamps: wordsOf(times),
  };
  // Streamed replies are lines of JSON, one for each piece of sound; here one piece is enough.
  return request.stream === false
    ? { body }
    : {
        headers: { 'content-type': 'application/json' },
        body: [Buffer.from(`${JSON.stringify(body)}\n`)],
      };
}

function wordsOf({ characters, starts, ends }: CharacterTimes): object[] {
  const words: { word: string; start_time: number; end_time: number }[] = [];
  let isInside = false;
  for (const [at, character] of characters.entries()) {
    const isLetter = /[\p{L}\p{N}\p{M}'’]/u.test(character);
    const last = words.at(-1);
    if (isLetter && isInside && last) {
      last.word += character;
      last.end_time = ends[at] ?? last.end_time;
    } else if (isLetter) {
      words.push({ word: character, start_time: starts[at] ?? 0, end_time: ends[at] ?? 0 });
    }
    isInside = isLetter;
  }
  return words;
}

function orderOf({ input, voice = 'af_heart', speed = 1 }: SpeechRequest): SpeechOrder {
  const name = voiceOf(voice);
  return {
    text: String(input),
    voice: name,
    gender: name.charAt(1) === 'm' ? 'm' : 'f',
    language: LANGUAGES[name.charAt(0)] ?? 'en',
    speed,
  };
}

function voiceOf(wanted: string): string {
  const first = wanted
    .replaceAll(' ', '')
    .split(/[-+]/u)
    .map((one) => one.replace(/\(.*\)$/u, ''));
  for (const one of first) {
    const name = OPENAI_VOICES[one] ?? one;
    if (!KOKORO_VOICES.includes(name)) {
      const message = `Voice '${name}' not found. Available voices: ${KOKORO_VOICES.toSorted().join(', ')}`;
      throw new Refusal(detail(400, 'validation_error', message, 'invalid_request_error'));
    }
  }
  return OPENAI_VOICES[first[0] ?? ''] ?? first[0] ?? 'af_heart';
}

function formatOf({ response_format: name = 'mp3' }: SpeechRequest): SoundFormat {
  return { container: name as SoundFormat['container'], rateHz: 24_000 };
}

function readRequest(call: Call): SpeechRequest {
  const { json } = call.request;
  if (typeof json !== 'object' || json === null)
    unprocessable(['body'], 'Field required', 'missing', null);
  const request = json as SpeechRequest;
  if (request.input === undefined)
    unprocessable(['body', 'input'], 'Field required', 'missing', json);
  if (typeof request.input !== 'string') {
    unprocessable(
      ['body', 'input'],
      'Input should be a valid string',
      'string_type',
      request.input,
    );
  }
  const { response_format: format = 'mp3', speed = 1 } = request;
  if (!TYPES[format]) {
    unprocessable(
      ['body', 'response_format'],
      "Input should be 'mp3', 'opus', 'aac', 'flac', 'wav' or 'pcm'",
      'literal_error',
      format,
    );
  }
  if (speed < 0.25)
    unprocessable(
      ['body', 'speed'],
      'Input should be greater than or equal to 0.25',
      'greater_than_equal',
      speed,
    );
  if (speed > 4)
    unprocessable(
      ['body', 'speed'],
      'Input should be less than or equal to 4',
      'less_than_equal',
      speed,
    );
  return request;
}

function chargeNothing(call: Call, model: string, seconds: number): void {
  call.charge({ model, usage: { seconds: Math.round(seconds * 1000) / 1000 }, costUsd: 0 });
}

const PIECE_BYTES = 16 * 1024;

function pieces(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / PIECE_BYTES) }, (_, at) =>
    bytes.subarray(at * PIECE_BYTES, (at + 1) * PIECE_BYTES),
  );
}
