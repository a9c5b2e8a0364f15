import {
  type Account,
  type Expense,
  type Price,
  type Reply,
  type SdkCall,
  type Usage,
} from '@aura/provider';
import { Failure } from '@aura/failure';
import type { CallPlace, Question } from './language-model.js';
import { worstUsage } from './language-model.js';

/** A model at an account, under the name of the provider that asks it. */
export interface ModelPlace {
  provider: string;
  account: Account;
  model: string;
  price: Price;
}

/** A journaled call of one question. `usageIn` reads the vendor's own count out of a reply's body. */
export function chatCall(
  { provider, account, model, price }: ModelPlace,
  question: Question,
  { videoId, unitKey, capUsd, signal }: CallPlace,
  usageIn: (body: unknown) => Usage | undefined,
): SdkCall {
  const expense: Expense = {
    videoId,
    unitKey,
    capUsd,
    provider,
    price,
    worst: worstUsage(question),
    usageOf: (reply) => usageIn(bodyOf(reply)),
  };
  return {
    account,
    endpoint: 'chat',
    model,
    signal,
    expense,
    limits: { maxBytes: MAX_REPLY_BYTES },
  };
}

/** The failure of a model that declines. What it says instead goes to the details. */
export function refusedBy(vendor: string, said: string): Failure {
  return new Failure('CONTENT_REFUSED', `${vendor} refused the content.`, {
    details: said.slice(0, 300),
  });
}

/** The failure of a reply that is well formed and holds no answer. */
export function emptyReply(vendor: string): Failure {
  return new Failure('API_ERROR', `The reply of ${vendor} holds no answer.`);
}

/**
 * A text in a reply, whatever the reply is; empty where there is none. What is something else is refused here, before
 * it is recorded as an answer and found again by every further attempt. Errors: API_ERROR.
 */
export function textIn(value: unknown, vendor: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  throw new Failure('API_ERROR', `The reply of ${vendor} has another shape than agreed.`, {
    details: `a text was due, and it is of type ${typeof value}`,
  });
}

/** A script is some 100 KiB; reasoning and metadata come on top. */
const MAX_REPLY_BYTES = 4 * 1024 * 1024;

/** A number that a vendor counted; anything else is none. */
export function counted(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

function bodyOf(reply: Reply): unknown {
  try {
    return reply.json();
  } catch {
    return undefined;
  }
}
