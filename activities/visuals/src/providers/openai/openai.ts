import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import {
  members,
  openAiAccount,
  safeFetch,
  SDK_OPTIONS,
  type Account,
  type ErrorReply,
} from '@aura/provider';
import { paidReply, progress } from '@aura/work';
import { base64Picture } from '../../pictures/base64-picture.js';
import { MAX_PICTURE_BYTES } from '../../pictures/fit-picture.js';
import { invalid } from '../../pictures/picture-invalid.js';
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
  const purpose = { place, seed: prompt.seed };
  try {
    yield* paint(maker, { ...order, prompt: promptText(prompt) }, purpose);
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'CONTENT_REFUSED') throw error;
    yield* paint(maker, { ...order, prompt: softenedText(request, prompt) }, purpose);
  }
}

type Order = OpenAiOrder & { prompt: string };

/**
 * The picture of an order. It is paid for once, whatever fails afterwards: another is paid for only where the reply holds no
 * picture, or one that cannot be used. The vendor knows no seed: it tells the order of another take from this one.
 */
async function* paint(
  maker: Maker,
  order: Order,
  { place, seed }: { place: PicturePlace; seed: number },
): AsyncGenerator<FoundPicture> {
  const unit = { job: place.job, unit: 'illustrateScene.reply', provider: NAME, recipe: 1 };
  const reply = await paidReply(
    maker.store,
    { ...unit, inputs: { ...order, seed } },
    async (own) => {
      progress(10, 'asking OpenAI');
      const file = path.join(own.scratch, 'reply.json');
      await writeFile(
        file,
        JSON.stringify(await asked(maker, order, { ...place, ...own, key: place.key })),
      );
      return { file, mediaType: 'application/json' };
    },
  );
  try {
    const named = members(JSON.parse(await readFile(reply.file, 'utf8')));
    yield { bytes: await bytesOf(named, maker.account, place.signal) };
  } catch (error) {
    if (isOfTheReply(error)) await reply.refuse();
    throw error;
  }
  // The next is asked for only where this one could not be used.
  await reply.refuse();
}

/** What the reply says of its one picture, as it came. Errors: those of `Vendors`. */
async function asked(
  { vendors, prices, account }: Maker,
  order: Order,
  place: PicturePlace,
): Promise<unknown> {
  const call = {
    account,
    endpoint: PICTURES,
    model: order.model,
    limits: { maxBytes: REPLY_BYTES },
    mediaTypes: ['application/json'],
    signal: place.signal,
    expense: expenseOf({ prices, account }, order, place),
  };
  const { OpenAI } = await import('openai'); // who never asks it need not load it
  const body: unknown = await vendors.callSdk(call, (fetch) =>
    new OpenAI({ ...SDK_OPTIONS, baseURL: account.baseUrl, fetch }).images.generate(order),
  );
  return members(members(body)['data'])[0] ?? {};
}

/** Some servers of this protocol name an address instead. Errors: PictureInvalid, those of a network. */
async function bytesOf(
  { b64_json: encoded, url }: Record<string, unknown>,
  { baseUrl }: Account,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  if (typeof url !== 'string' || url === '' || encoded) return base64Picture(encoded);
  const allowOrigins = [new URL(baseUrl).origin];
  const maxBytes = MAX_PICTURE_BYTES;
  try {
    return (await safeFetch({ url, namedBy: 'vendor', allowOrigins, maxBytes, signal })).bytes;
  } catch (error) {
    const isOfTheUrl = error instanceof Failure && !error.retryable;
    throw isOfTheUrl ? invalid('the address that it names gives none', error) : error;
  }
}

function isOfTheReply(error: unknown): boolean {
  return error instanceof Failure && error.code === 'PictureInvalid';
}
