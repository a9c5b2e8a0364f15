import OpenAI from 'openai';
import { Failure } from '@aura/failure';
import {
  members,
  openAiAccount,
  safeFetch,
  SDK_OPTIONS,
  type Account,
  type ErrorReply,
} from '@aura/provider';
import { base64Picture } from '../../pictures/base64-picture.js';
import { MAX_PICTURE_BYTES } from '../../pictures/fit-picture.js';
import { providerOf, type FoundPicture } from '../../pictures/picture-source.js';
import { promptText, scenePrompt, softenedText } from '../../prompt/scene-prompt.js';
import type { PicturePlace, PictureRequest } from '../../visuals-provider.js';
import {
  PICTURES,
  type VisualsDeps,
  type VisualsEntry,
  type VisualsSettings,
} from '../visuals-entry.js';
import { orderOf, type OpenAiOrder } from './openai-order.js';
import { expenseOf } from './openai-price.js';

const NAME = 'openai';
const MODEL = 'gpt-image-1';
const UNVERIFIED =
  'OpenAI paints for verified organizations only: verify yours in its console, or set OPENAI_IMAGE_MODEL.';
/** A picture in base64, and a little around it. */
const REPLY_BYTES = 36 * 1024 * 1024;

/** OpenAI's pictures (POST /v1/images/generations, the vendor's API reference "Create image"). */
export const openAi: VisualsEntry = {
  name: NAME,
  stage: 'visuals',
  kind: 'picture-generator',
  runs: 'remote',
  gives: 'Pictures painted for each scene by OpenAI.',
  capabilities: { pictures: true },
  settings: ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_IMAGE_MODEL', 'OPENAI_IMAGE_QUALITY'],
  price: { kind: 'table', vendor: NAME },
  limits: { concurrentCalls: 4, characters: 4_000, replyBytes: REPLY_BYTES },
  account,
  create: (settings, deps) => {
    const maker = { account: account(settings), model: MODEL, ...settings.openAi, ...deps };
    return providerOf({
      name: NAME,
      recipe: 1,
      inputsOf: (request) => ({ ...orderOf(request.render, maker), ...scenePrompt(request) }),
      pictures: (request, place) => painted(maker, request, place),
    });
  },
  reportOptions: ({ openAi: { model = MODEL } = {} }) => ({ model }),
};

type Maker = VisualsDeps & { account: Account; model: string; quality?: string | undefined };

function account({ openAi: { key, baseUrl } = {} }: VisualsSettings): Account {
  return {
    ...openAiAccount({ key, baseUrl }),
    faultOf: (reply) => (isUnverified(reply) ? 'INVALID_CONFIG' : undefined),
    wordsOf: (reply) => (isUnverified(reply) ? UNVERIFIED : undefined),
  };
}

/** An organisation that has not proved who it is may not paint, and may well write and speak. */
function isUnverified({ status, body }: ErrorReply): boolean {
  const { message } = members(members(body)['error']);
  return status === 403 && /must be verified/i.test(String(message));
}

/** One picture; where the prompt is refused, one by a softened prompt. */
async function* painted(
  maker: Maker,
  request: PictureRequest,
  place: PicturePlace,
): AsyncGenerator<FoundPicture> {
  const prompt = scenePrompt(request);
  const order = orderOf(request.render, maker);
  try {
    yield await paint(maker, { ...order, prompt: promptText(prompt) }, place);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'CONTENT_REFUSED') throw error;
    yield await paint(maker, { ...order, prompt: softenedText(request, prompt) }, place);
  }
}

async function paint(
  { vendors, prices, account: own }: Maker,
  order: OpenAiOrder & { prompt: string },
  place: PicturePlace,
): Promise<FoundPicture> {
  const { signal } = place;
  const call = {
    account: own,
    endpoint: PICTURES,
    model: order.model,
    limits: { maxBytes: REPLY_BYTES },
    mediaTypes: ['application/json'],
    signal,
    expense: expenseOf(prices, order, place),
  };
  const { data } = await vendors.callSdk(call, (fetch) =>
    new OpenAI({ ...SDK_OPTIONS, baseURL: own.baseUrl, fetch }).images.generate(order),
  );
  const { b64_json: encoded, url } = data?.[0] ?? {};
  return { bytes: url && !encoded ? await fetched(url, own, signal) : base64Picture(encoded) };
}

/** Some servers of this protocol name an address instead. */
async function fetched(
  url: string,
  { baseUrl }: Account,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const allowOrigins = [new URL(baseUrl).origin];
  const maxBytes = MAX_PICTURE_BYTES;
  return (await safeFetch({ url, namedBy: 'vendor', allowOrigins, maxBytes, signal })).bytes;
}
