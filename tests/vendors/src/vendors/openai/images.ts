import { listCharge, type Charge } from '../../bill.js';
import { drawPicture, type PictureOrder } from '../../content/picture.js';
import { tokensIn } from '../../content/write-answer.js';
import { Refusal, type Call, type Reply } from '../../server/call.js';
import { jsonBody } from './chat-request.js';
import { modelMissing, openAiError, refuse } from './openai-errors.js';
import { openAiModel } from './openai-models.js';

interface ImageRequest {
  prompt: string;
  model: string;
  n?: number | null;
  quality?: string | null;
  size?: string | null;
  response_format?: string | null;
  output_format?: string | null;
  style?: string | null;
}

/** What a model's requests may hold. Others are unknown to it, though another model knows them. */
interface ImageRules {
  fields: readonly string[];
  sizes: readonly string[];
  qualities: readonly string[];
  maxPrompt: number;
  maxCount: number;
}

const COMMON = ['prompt', 'model', 'n', 'quality', 'size', 'user'];
const RULES: Readonly<Record<string, ImageRules>> = {
  'gpt-image-1': {
    fields: [
      ...COMMON,
      'background',
      'moderation',
      'output_format',
      'output_compression',
      'stream',
      'partial_images',
    ],
    sizes: ['1024x1024', '1024x1536', '1536x1024', 'auto'],
    qualities: ['low', 'medium', 'high', 'auto'],
    maxPrompt: 32_000,
    maxCount: 10,
  },
  'dall-e-3': {
    fields: [...COMMON, 'response_format', 'style'],
    sizes: ['1024x1024', '1024x1792', '1792x1024'],
    qualities: ['standard', 'hd'],
    maxPrompt: 4_000,
    maxCount: 1,
  },
};

/** Tokens of a picture of gpt-image-1: square, and the two long forms. */
const IMAGE_TOKENS: Readonly<Record<string, readonly [number, number, number]>> = {
  low: [272, 408, 400],
  medium: [1056, 1584, 1568],
  high: [4160, 6240, 6208],
};

/** `POST /v1/images/generations`. dall-e-3 gives addresses unless asked for base64; gpt-image-1 always base64. */
export async function generateImages(call: Call, origin: string): Promise<Reply> {
  const request = readImageRequest(call);
  if (call.fault?.kind === 'refusal') throw new Refusal(rejected(request.model, call.requestId));
  const { model, n } = request;
  const [widthPx = 1024, heightPx = 1024] = sizeOf(request).split('x').map(Number);
  const price = chargeOf(request, { widthPx, heightPx });
  call.charge(price);
  const format = formatOf(request);
  const orders = Array.from({ length: n ?? 1 }, (_, at): PictureOrder => ({
    prompt: request.prompt,
    seed: at,
    widthPx,
    heightPx,
    format,
    fault: call.fault,
  }));
  const created = Math.floor(Date.now() / 1000);
  if (model === 'dall-e-3')
    return { body: { created, data: await dallE3(orders, request, origin) } };
  const data = await Promise.all(
    orders.map(async (order) => ({ b64_json: (await drawPicture(order)).toString('base64') })),
  );
  return {
    body: {
      created,
      background: 'opaque',
      output_format: format,
      quality: qualityOf(request),
      size: sizeOf(request),
      data,
      usage: {
        input_tokens: price.usage['inputTokens'],
        input_tokens_details: { image_tokens: 0, text_tokens: price.usage['inputTokens'] },
        output_tokens: price.usage['outputTokens'],
        total_tokens: (price.usage['inputTokens'] ?? 0) + (price.usage['outputTokens'] ?? 0),
      },
    },
  };
}

async function dallE3(orders: readonly PictureOrder[], request: ImageRequest, origin: string) {
  return Promise.all(
    orders.map(async (order) => {
      const revised = { revised_prompt: `${request.prompt} Drawn with care and natural colours.` };
      if (request.response_format === 'b64_json') {
        return { ...revised, b64_json: (await drawPicture(order)).toString('base64') };
      }
      const { prompt, seed, widthPx, heightPx } = order;
      const query = new URLSearchParams({
        prompt: prompt.slice(0, 500),
        seed: String(seed),
        size: `${widthPx}x${heightPx}`,
        ...(order.fault ? { fault: order.fault.kind } : {}),
      });
      return { ...revised, url: `${origin}/private/img.png?${query.toString()}` };
    }),
  );
}

/** The picture behind an address that dall-e-3 gave. Needs no key. */
export async function storedImage({ request, fault }: Call): Promise<Reply> {
  const { prompt = '', seed = '0', size = '1024x1024', fault: kind } = request.query;
  const [widthPx = 1024, heightPx = 1024] = size.split('x').map(Number);
  const spoilt =
    kind === 'picture-bomb' || kind === 'blank-picture' ? { kind: kind as 'picture-bomb' } : fault;
  const body = await drawPicture({
    prompt,
    seed: Number(seed),
    widthPx,
    heightPx,
    format: 'png',
    fault: spoilt,
  });
  return { headers: { 'content-type': 'image/png' }, body };
}

function chargeOf(
  request: ImageRequest,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): Charge {
  const { model } = request;
  const pictures = request.n ?? 1;
  if (model === 'dall-e-3') {
    const variant = `${sizeOf(request)}/${request.quality === 'hd' ? 'hd' : 'standard'}`;
    return listCharge('openai', { model, variant }, { pictures });
  }
  const form = widthPx === heightPx ? 0 : widthPx < heightPx ? 1 : 2;
  const outputTokens = (IMAGE_TOKENS[qualityOf(request)]?.[form] ?? 0) * pictures;
  const inputTokens = tokensIn(request.prompt);
  return listCharge('openai', { model }, { pictures, inputTokens, outputTokens });
}

function sizeOf({ size }: ImageRequest): string {
  return !size || size === 'auto' ? '1024x1024' : size;
}

function qualityOf({ quality }: ImageRequest): string {
  return !quality || quality === 'auto' ? 'high' : quality;
}

function formatOf({ output_format: format }: ImageRequest): 'png' | 'jpeg' | 'webp' {
  return format === 'jpeg' || format === 'webp' ? format : 'png';
}

function rejected(model: string, requestId: string): Reply {
  if (model === 'dall-e-3') {
    return openAiError(400, {
      message:
        'Your request was rejected as a result of our safety system. Your prompt may contain text that is not allowed by our safety system.',
      code: 'content_policy_violation',
    });
  }
  return openAiError(400, {
    message: `Your request was rejected by the safety system. If you believe this is an error, contact us at help.openai.com and include the request ID ${requestId}. safety_violations=[violence].`,
    type: 'image_generation_user_error',
    code: 'moderation_blocked',
  });
}

/** Errors: Refusal. */
function readImageRequest(call: Call): ImageRequest {
  const body = jsonBody(call);
  const request = { model: 'dall-e-2', ...body } as unknown as ImageRequest;
  const rules = RULES[request.model];
  if (!rules) {
    const known = openAiModel(request.model);
    throw new Refusal(
      known
        ? openAiError(400, {
            message: `Invalid value: '${request.model}'. Supported values are: ${listed(Object.keys(RULES))}.`,
            param: 'model',
            code: 'invalid_value',
          })
        : modelMissing(request.model),
    );
  }
  const stranger = Object.keys(body).find((field) => !rules.fields.includes(field));
  if (stranger !== undefined)
    refuse(`Unknown parameter: '${stranger}'.`, stranger, 'unknown_parameter');
  if (request.prompt === undefined)
    refuse("Missing required parameter: 'prompt'.", 'prompt', 'missing_required_parameter');
  if (typeof request.prompt !== 'string')
    refuse("Invalid type for 'prompt': expected a string.", 'prompt', 'invalid_type');
  if (request.prompt === '')
    refuse(
      "Invalid 'prompt': empty string. Expected a string with minimum length 1, but got an empty string instead.",
      'prompt',
      'empty_string',
    );
  const { length } = request.prompt;
  if (length > rules.maxPrompt) {
    refuse(
      `Invalid 'prompt': string too long. Expected a string with maximum length ${rules.maxPrompt}, but got a string with length ${length} instead.`,
      'prompt',
      'string_above_max_length',
    );
  }
  oneOf('size', request.size, rules.sizes);
  oneOf('quality', request.quality, rules.qualities);
  oneOf('response_format', request.response_format, ['url', 'b64_json']);
  oneOf('output_format', request.output_format, ['png', 'jpeg', 'webp']);
  oneOf('style', request.style, ['vivid', 'natural']);
  const { n } = request;
  if (typeof n === 'number' && n > rules.maxCount) {
    refuse(
      `Invalid 'n': integer above maximum value. Expected a value <= ${rules.maxCount}, but got ${n} instead.`,
      'n',
      'integer_above_max_value',
    );
  }
  return request;
}

function oneOf(name: string, value: string | null | undefined, allowed: readonly string[]): void {
  if (value === undefined || value === null || allowed.includes(value)) return;
  refuse(
    `Invalid value: '${value}'. Supported values are: ${listed(allowed)}.`,
    name,
    'invalid_value',
  );
}

function listed(values: readonly string[]): string {
  const quoted = values.map((value) => `'${value}'`);
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
}
