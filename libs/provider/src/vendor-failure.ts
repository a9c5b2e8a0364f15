import { Failure, type FailureCode, type FailureOptions } from '@aura/failure';
import type { Account, ErrorReply } from './account.js';
import { members } from './members.js';
import { MAX_RETRY_AFTER_MS, retryAfterMs } from './retry-after.js';
import type { WireFault } from './http/wire-fault.js';

export interface FailedReply {
  account: Account;
  reply: ErrorReply;
  model: string;
  nowMs: number;
}

/**
 * The Failure that a vendor's error reply stands for: by the vendor's own rule, else by the words of its error body,
 * else by the status. Messages are for users; what the vendor said goes to the details, without the key.
 */
export function failureOfReply({ account, reply, model, nowMs }: FailedReply): Failure {
  const code = account.faultOf?.(reply) ?? codeOfWords(reply.body) ?? codeOfStatus(reply.status);
  const waitMs = retryAfterMs(reply.headers, nowMs);
  const isTooLong = waitMs !== undefined && waitMs > MAX_RETRY_AFTER_MS;
  const options: FailureOptions = {
    details: detailsOf(code, account, reply),
    ...(isTooLong ? { retryable: false } : {}),
    ...(isTooLong || waitMs === undefined ? {} : { retryAfterMs: waitMs }),
  };
  const message = account.wordsOf?.(reply) ?? messageOf(code, account, model);
  return new Failure(code, message, options);
}

/** The Failure that a fault on the wire stands for. */
export function failureOfFault(account: Account, fault: WireFault): Failure {
  const options = { details: redact(`${account.vendor}: ${fault.message}`, account) };
  switch (fault.kind) {
    case 'timeout':
      return new Failure('NETWORK_TIMEOUT', `${account.vendor} did not answer in time.`, options);
    case 'connect':
      return new Failure(
        'TransientNetworkFailure',
        account.runs === 'local'
          ? `${account.vendor} is not running at ${new URL(account.baseUrl).host}.`
          : `${account.vendor} cannot be reached.`,
        options,
      );
    case 'network':
      return new Failure(
        'TransientNetworkFailure',
        `The connection to ${account.vendor} broke.`,
        options,
      );
    case 'garbage':
    case 'too large':
      return unreadable(account, fault.message);
    case 'redirect':
      return new Failure(
        'INVALID_CONFIG',
        `The address of ${account.vendor} leads to another one: set that one instead.`,
        options,
      );
  }
}

/** A reply of success that cannot be used. */
export function unreadable(account: Account, why: string): Failure {
  return new Failure('API_ERROR', `The reply of ${account.vendor} cannot be read.`, {
    details: redact(`${account.vendor}: ${why}`, account),
  });
}

/** A text without the account's key, in any of the spellings that a server could give it back in. */
export function redact(text: string, { key }: Account): string {
  if (!key) return text;
  const value = key.reveal();
  const spellings = [value, encodeURIComponent(value), Buffer.from(value).toString('base64')];
  return spellings.reduce((safe, spelling) => safe.replaceAll(spelling, '[secret]'), text);
}

function codeOfStatus(status: number): FailureCode {
  if (status === 401 || status === 403) return 'AUTH_FAILED';
  if (status === 402) return 'QUOTA_EXCEEDED';
  if (status === 404 || status === 410) return 'RESOURCE_NOT_FOUND';
  if (status === 408) return 'NETWORK_TIMEOUT';
  if (status === 409 || status === 425) return 'API_ERROR';
  if (status === 429) return 'RATE_LIMIT_EXCEEDED';
  if (status === 451) return 'CONTENT_REFUSED';
  return status >= 500 ? 'API_ERROR' : 'INVALID_CONFIG';
}

/** Words that vendors put into the `code`, `type` or `status` of their error bodies, and that say more than the status. */
const WORDS: ReadonlyMap<unknown, FailureCode> = new Map<unknown, FailureCode>([
  ['invalid_api_key', 'AUTH_FAILED'],
  ['authentication_error', 'AUTH_FAILED'],
  ['permission_error', 'PERMISSION_DENIED'],
  ['permission_denied', 'PERMISSION_DENIED'],
  ['missing_permissions', 'PERMISSION_DENIED'],
  ['insufficient_permissions', 'PERMISSION_DENIED'],
  ['missing_scope', 'PERMISSION_DENIED'],
  ['insufficient_quota', 'QUOTA_EXCEEDED'],
  ['quota_exceeded', 'QUOTA_EXCEEDED'],
  ['billing_error', 'QUOTA_EXCEEDED'],
  ['billing_not_active', 'QUOTA_EXCEEDED'],
  ['billing_hard_limit_reached', 'QUOTA_EXCEEDED'],
  ['insufficient_credits', 'QUOTA_EXCEEDED'],
  ['rate_limit_error', 'RATE_LIMIT_EXCEEDED'],
  ['rate_limit_exceeded', 'RATE_LIMIT_EXCEEDED'],
  ['too_many_concurrent_requests', 'RATE_LIMIT_EXCEEDED'],
  ['overloaded_error', 'API_ERROR'],
  ['system_busy', 'API_ERROR'],
  ['server_error', 'API_ERROR'],
  ['model_not_found', 'RESOURCE_NOT_FOUND'],
  ['voice_not_found', 'RESOURCE_NOT_FOUND'],
  ['not_found_error', 'RESOURCE_NOT_FOUND'],
  ['content_policy_violation', 'CONTENT_REFUSED'],
  ['content_filter', 'CONTENT_REFUSED'],
  ['moderation_blocked', 'CONTENT_REFUSED'],
  ['safety_violation', 'CONTENT_REFUSED'],
]);

/**
 * `{ error: { code, type } }` (OpenAI, Anthropic), `{ detail: { status } }` (ElevenLabs), `{ err_code }` (Deepgram),
 * `{ code }`, `{ error: "…" }`.
 */
function codeOfWords(body: unknown): FailureCode | undefined {
  const { error, detail } = members(body);
  const places = [members(error), members(detail), members(body)];
  const words = places.flatMap((place) => [
    place['code'],
    place['type'],
    place['status'],
    place['err_code'],
  ]);
  for (const word of [...words, error, detail]) {
    const code = WORDS.get(typeof word === 'string' ? word.toLowerCase() : word);
    if (code) return code;
  }
  return undefined;
}

function messageOf(code: FailureCode, { vendor, missingModel }: Account, model: string): string {
  switch (code) {
    case 'AUTH_FAILED':
      return 'Invalid API key';
    case 'PERMISSION_DENIED':
      return `The key at ${vendor} may not do this work.`;
    case 'QUOTA_EXCEEDED':
      return `The account at ${vendor} has no quota left.`;
    case 'RATE_LIMIT_EXCEEDED':
      return `${vendor} takes no more calls for now.`;
    case 'RESOURCE_NOT_FOUND':
      if (model === '') return `${vendor} does not have what was asked for.`;
      return missingModel?.(model) ?? `${vendor} has no model ${model}.`;
    case 'CONTENT_REFUSED':
      return `${vendor} refused the content.`;
    case 'NETWORK_TIMEOUT':
      return `${vendor} did not answer in time.`;
    case 'INVALID_CONFIG':
      return `${vendor} refused the request as it was made.`;
    default:
      return 'Service unavailable';
  }
}

/** What the vendor says of a wrong key may hold parts of it, so it is left out. */
function detailsOf(code: FailureCode, account: Account, { status, body }: ErrorReply): string {
  const said = code === 'AUTH_FAILED' ? '' : saidIn(body);
  return redact(`${account.vendor} answered ${status}${said && `: ${said}`}`, account);
}

function saidIn(body: unknown): string {
  const { error, detail, message } = members(body);
  const candidates = [
    members(error)['message'],
    members(detail)['message'],
    error,
    detail,
    message,
  ];
  const said = candidates.find((candidate) => typeof candidate === 'string');
  return typeof said === 'string' ? said.slice(0, 300) : '';
}
