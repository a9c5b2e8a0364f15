import { listCharge } from '../../bill.js';
import { encodeSound, type SoundFormat } from '../../content/encode-sound.js';
import { speak as spoken, spoiltAudio, spoiltSound } from '../../content/speech.js';
import { Refusal, type Call, type Reply } from '../../server/call.js';
import { failure, MEN, VOICES } from './deepgram-replies.js';

const MAX_CHARACTERS = 2_000;
const PARAMETERS = new Set([
  'model',
  'encoding',
  'container',
  'sample_rate',
  'bit_rate',
  'callback',
  'callback_method',
  'mip_opt_out',
  'tag',
  'speed',
]);

/** What each encoding may be asked for as: its containers, the usual one first, and its rates. */
const FORMATS: Readonly<Record<string, { containers: string[]; rates: number[]; type: string }>> = {
  linear16: {
    containers: ['wav', 'none'],
    rates: [24_000, 8_000, 16_000, 32_000, 48_000],
    type: 'audio/wav',
  },
  flac: {
    containers: ['none'],
    rates: [48_000, 8_000, 16_000, 22_050, 32_000],
    type: 'audio/flac',
  },
  mp3: { containers: ['none'], rates: [22_050], type: 'audio/mpeg' },
};

/** `POST /v1/speak`: charged by character, which the reply counts; sent in pieces, so that a WAV does not know its length. */
export async function speak(call: Call): Promise<Reply> {
  const { model, text, format, type } = readRequest(call);
  const [, , name = '', language = 'en'] = model.split('-');
  const gender = MEN.has(name) ? 'm' : 'f';
  const sound = await spoken({ text, voice: model, gender, language });
  const characters = Array.from(text).length;
  call.charge(listCharge('deepgram', { model: 'aura-2' }, { characters }));
  const bytes = unmeasured(await encodeSound(spoiltSound(sound, call.fault), format), format);
  const headers = {
    'content-type': type,
    'dg-model-name': model,
    'dg-char-count': String(characters),
  };
  return { headers, body: [spoiltAudio(bytes, call.fault)] };
}

/** Errors: Refusal. */
function readRequest(call: Call): {
  model: string;
  text: string;
  format: SoundFormat;
  type: string;
} {
  const { query, headers, json } = call.request;
  const refuse = (status: number, code: string, message: string): never => {
    throw new Refusal(failure(call, status, code, message));
  };
  const stranger = Object.keys(query).find((name) => !PARAMETERS.has(name));
  if (stranger) {
    refuse(
      400,
      'INVALID_QUERY_PARAMETER',
      `Failed to deserialize query parameters: unknown field ${stranger}`,
    );
  }
  const { model = 'aura-asteria-en', encoding = 'mp3' } = query;
  if (!VOICES.includes(model)) {
    refuse(400, 'Bad Request', 'Bad Request: No such model/version combination found.');
  }
  const known = FORMATS[encoding];
  const container = query['container'] ?? known?.containers[0] ?? '';
  const rateHz = Number(query['sample_rate'] ?? known?.rates[0]);
  if (!known?.containers.includes(container) || !known.rates.includes(rateHz)) {
    return refuse(400, 'UNSUPPORTED_AUDIO_FORMAT', 'Unsupported audio format.');
  }
  if (headers['content-type'] !== 'application/json') {
    refuse(415, 'UNSUPPORTED_CONTENT_TYPE', 'Unsupported Content-Type.');
  }
  const { text } = (json ?? {}) as { text?: unknown };
  if (typeof text !== 'string') {
    return refuse(400, 'PAYLOAD_ERROR', 'Failed to parse the request body as JSON.');
  }
  if (text.trim() === '') refuse(400, 'INPUT_ERROR', 'Input text contained no characters.');
  if (Array.from(text).length > MAX_CHARACTERS) {
    refuse(
      413,
      'PAYLOAD_TOO_LARGE',
      `Input text exceeds maximum character limit of ${MAX_CHARACTERS}.`,
    );
  }
  return {
    model,
    text,
    format: { container: wireForm(encoding, container), rateHz },
    type: known.type,
  };
}

function wireForm(encoding: string, container: string): SoundFormat['container'] {
  if (encoding !== 'linear16') return encoding === 'flac' ? 'flac' : 'mp3';
  return container === 'wav' ? 'wav' : 'pcm';
}

/** The lengths of a streamed WAV are not known when its header leaves. */
function unmeasured(bytes: Buffer, { container }: SoundFormat): Buffer {
  if (container !== 'wav') return bytes;
  const streamed = Buffer.from(bytes);
  streamed.writeUInt32LE(0xff_ff_ff_ff, 4);
  streamed.writeUInt32LE(0xff_ff_ff_ff, streamed.indexOf('data', 12, 'latin1') + 4);
  return streamed;
}
