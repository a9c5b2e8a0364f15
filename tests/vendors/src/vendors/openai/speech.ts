import { SPEECH_TOKENS_PER_SECOND } from '@aura/provider';
import { listCharge, type Charge } from '../../bill.js';
import { encodeSound, type SoundFormat } from '../../content/encode-sound.js';
import { durationSeconds, speak, spoiltAudio, spoiltSound } from '../../content/speech.js';
import { tokensIn } from '../../content/write-answer.js';
import { Refusal, type Call, type Reply } from '../../server/call.js';
import { jsonBody } from './chat-request.js';
import { modelMissing, refuse } from './openai-errors.js';
import { openAiModel, type OpenAiModel } from './openai-models.js';

interface SpeechRequest {
  model: string;
  input: string;
  voice: string;
  response_format?: string;
  speed?: number;
  instructions?: string;
}

const FIELDS = new Set([
  'model',
  'input',
  'instructions',
  'voice',
  'response_format',
  'speed',
  'stream_format',
]);
const MAX_CHARACTERS = 4_096;
/** Of gpt-4o-mini-tts, whose limit is in tokens. */
const MAX_TOKENS = 2_000;

const OLD_VOICES = 'alloy ash coral echo fable nova onyx sage shimmer'.split(' ');
const NEW_VOICES = [...OLD_VOICES, 'ballad', 'verse', 'marin', 'cedar'];
const FEMALE = new Set('alloy coral nova sage shimmer marin fable'.split(' '));

const FORMATS: Readonly<Record<string, { type: string; format: SoundFormat }>> = {
  mp3: { type: 'audio/mpeg', format: { container: 'mp3', rateHz: 24_000, kbps: 128 } },
  opus: { type: 'audio/opus', format: { container: 'opus', rateHz: 24_000 } },
  aac: { type: 'audio/aac', format: { container: 'aac', rateHz: 24_000 } },
  flac: { type: 'audio/flac', format: { container: 'flac', rateHz: 24_000 } },
  wav: { type: 'audio/wav', format: { container: 'wav', rateHz: 24_000 } },
  pcm: { type: 'audio/pcm', format: { container: 'pcm', rateHz: 24_000 } },
};

/** `POST /v1/audio/speech`. tts-1 is charged by character, gpt-4o-mini-tts by tokens of text and of audio. */
export async function speech(call: Call): Promise<Reply> {
  const { request, model } = readSpeechRequest(call);
  const { input, voice, speed = 1 } = request;
  const sound = await speak({ text: input, voice, gender: FEMALE.has(voice) ? 'f' : 'm', speed });
  const seconds = durationSeconds(sound);
  call.charge(chargeOf(request, model, seconds));
  const { type, format } = FORMATS[request.response_format ?? 'mp3'] ?? refuse('no such format');
  const bytes = await encodeSound(spoiltSound(sound, call.fault), format);
  return { headers: { 'content-type': type }, body: spoiltAudio(bytes, call.fault) };
}

/** The instructions are read too: they count as input, as they count for the limit. */
function chargeOf(
  { model: name, input, instructions = '' }: SpeechRequest,
  model: OpenAiModel,
  seconds: number,
): Charge {
  if (isOlder(model)) {
    return listCharge('openai', { model: name }, { characters: Array.from(input).length });
  }
  const inputTokens = tokensIn(input + instructions);
  const outputTokens = Math.ceil(seconds * SPEECH_TOKENS_PER_SECOND);
  const lasted = Math.round(seconds * 1000) / 1000;
  return listCharge('openai', { model: name }, { inputTokens, outputTokens, seconds: lasted });
}

/** Paid by the character, with a limit in characters and no instructions. */
function isOlder({ snapshot }: OpenAiModel): boolean {
  return snapshot.startsWith('tts-');
}

/** Errors: Refusal. What is wrong with a value comes in the words of the vendor's validator. */
function readSpeechRequest(call: Call): { request: SpeechRequest; model: OpenAiModel } {
  const body = jsonBody(call);
  const stranger = Object.keys(body).find((field) => !FIELDS.has(field));
  if (stranger !== undefined)
    refuse(invalid('extra_forbidden', stranger, 'Extra inputs are not permitted', body[stranger]));
  const missing = ['model', 'input', 'voice'].find((field) => body[field] === undefined);
  if (missing !== undefined) refuse(invalid('missing', missing, 'Field required', body));
  const request = body as unknown as SpeechRequest;
  const model = openAiModel(request.model);
  if (!model) throw new Refusal(modelMissing(request.model));
  if (model.kind !== 'speech')
    refuse(`Invalid model: '${request.model}' is not supported with this endpoint.`, 'model');
  checkText(request, model);
  const voices = isOlder(model) ? OLD_VOICES : NEW_VOICES;
  if (!voices.includes(request.voice)) {
    refuse(invalid('enum', 'voice', `Input should be ${listed(voices)}`, request.voice));
  }
  if (request.response_format !== undefined && !FORMATS[request.response_format]) {
    refuse(
      invalid(
        'enum',
        'response_format',
        `Input should be ${listed(Object.keys(FORMATS))}`,
        request.response_format,
      ),
    );
  }
  const { speed = 1 } = request;
  if (typeof speed !== 'number' || speed < 0.25 || speed > 4) {
    const [type, bound] =
      speed > 4
        ? ['less_than_equal', 'less than or equal to 4']
        : ['greater_than_equal', 'greater than or equal to 0.25'];
    refuse(invalid(type ?? '', 'speed', `Input should be ${bound}`, speed));
  }
  return { request, model };
}

function checkText({ input, instructions }: SpeechRequest, model: OpenAiModel): void {
  if (typeof input !== 'string')
    refuse(invalid('string_type', 'input', 'Input should be a valid string', input));
  if (input.trim() === '')
    refuse(invalid('string_too_short', 'input', 'String should have at least 1 character', input));
  if (isOlder(model) && input.length > MAX_CHARACTERS) {
    refuse(
      invalid(
        'string_too_long',
        'input',
        `String should have at most ${MAX_CHARACTERS} characters`,
        input,
      ),
    );
  }
  const tokens = tokensIn(`${input}${instructions ?? ''}`);
  if (!isOlder(model) && tokens > MAX_TOKENS) {
    refuse(
      `Input is too long for this model: got ${tokens} tokens, the maximum is ${MAX_TOKENS}.`,
      'input',
    );
  }
}

/** As Python prints a validation error. */
function invalid(type: string, field: string, message: string, input: unknown): string {
  return `[{'type': '${type}', 'loc': ('body', '${field}'), 'msg': ${JSON.stringify(message)}, 'input': ${JSON.stringify(input)}}]`;
}

function listed(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
}
