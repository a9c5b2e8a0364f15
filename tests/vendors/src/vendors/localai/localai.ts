import { encodeSound, type SoundFormat } from '../../content/encode-sound.js';
import { durationSeconds, speak, spoiltAudio, spoiltSound } from '../../content/speech.js';
import {
  Refusal,
  type Call,
  type Reply,
  type Trouble,
  type VendorBehaviour,
  type VendorContext,
} from '../../server/call.js';

const USUAL_MODELS = ['voice-en-us-amy-low', 'voice-de-thorsten-low', 'tts-1'];

const TYPES: Readonly<Record<string, string>> = {
  wav: 'audio/x-wav',
  mp3: 'audio/mpeg',
  opus: 'audio/ogg',
  aac: 'audio/aac',
  flac: 'audio/flac',
};

/**
 * LocalAI's speech: `POST /v1/audio/speech` (also /tts), WAV unless `response_format` says otherwise, errors
 * `{"error": {code, message, type}}` with the status as code. Source: its endpoint localai/tts.go and its
 * error schema. A key is only asked for where the server was given one; then as a bearer token.
 */
export function localAi({ key, options }: VendorContext): VendorBehaviour {
  const models = options.models ?? USUAL_MODELS;
  const list = { object: 'list', data: models.map((id) => ({ id, object: 'model' })) };
  const handle = (call: Call) => localSpeech(call, models);
  return {
    routes: [
      { method: 'GET', path: '/v1/models', handle: () => ({ body: list }) },
      { method: 'GET', path: '/readyz', handle: () => ({ body: 'OK' }) },
      { method: 'GET', path: '/healthz', handle: () => ({ body: 'OK' }) },
      { method: 'POST', path: '/v1/audio/speech', handle },
      { method: 'POST', path: '/tts', handle },
    ],
    authorize({ request }) {
      if (key === '' || request.headers['authorization'] === `Bearer ${key}`) return;
      throw new Refusal(error(401, 'Authorization header missing or invalid'));
    },
    trouble: localAiTrouble,
    notFound: () => error(404, 'Resource not found'),
  };
}

async function localSpeech(call: Call, models: readonly string[]): Promise<Reply> {
  const body = call.request.json as
    | {
        model?: string;
        input?: string;
        voice?: string;
        language?: string;
        response_format?: string;
        speed?: number;
      }
    | undefined;
  if (typeof body !== 'object' || body === null) return error(500, 'unexpected end of JSON input');
  const { model = '', input = '', voice = '', language, response_format: format = 'wav' } = body;
  if (!models.includes(model)) return missing(model);
  if (input === '')
    return error(500, 'could not load model: rpc error: code = Unknown desc = no text');
  const sound = await speak({
    text: input,
    voice: voice || model,
    language: language ?? /^voice-(?<tag>[a-z]{2})-/u.exec(model)?.groups?.['tag'],
  });
  const seconds = Math.round(durationSeconds(sound) * 1000) / 1000;
  call.charge({ model, usage: { seconds }, costUsd: 0 });
  const container = (TYPES[format] ? format : 'wav') as SoundFormat['container'];
  const spoilt = spoiltSound(sound, call.fault);
  const bytes = await encodeSound(spoilt, {
    container,
    rateHz: container === 'opus' ? 24_000 : sound.rateHz,
  });
  return {
    headers: {
      'content-type': TYPES[container] ?? 'audio/x-wav',
      'content-disposition': `attachment; filename="piper.${container}"`,
    },
    body: spoiltAudio(bytes, call.fault),
  };
}

function missing(model: string): Reply {
  return error(
    500,
    `could not load model (no success): failed to load model with internal loader: could not load model: rpc error: code = Unknown desc = stat /models/${model}: no such file or directory`,
  );
}

function error(status: number, message: string): Reply {
  return { status, body: { error: { code: status, message, type: '' } } };
}

function localAiTrouble(trouble: Trouble, call: Call): Reply {
  switch (trouble.kind) {
    case 'unauthorized':
      return error(401, 'Authorization header missing or invalid');
    case 'no-money':
      return error(402, 'Payment Required');
    case 'rate-limit':
      return {
        ...error(429, 'Too Many Requests'),
        headers: trouble.retryAfter === undefined ? {} : { 'retry-after': trouble.retryAfter },
      };
    case 'model-missing':
      return missing((call.request.json as { model?: string } | undefined)?.model ?? '');
    default:
      return error(
        trouble.status,
        'rpc error: code = Unavailable desc = error reading from server: EOF',
      );
  }
}
