import { createHash } from 'node:crypto';
import { Failure, type FailureCode } from '@aura/failure';
import { Secret } from './secret.js';

/** What a vendor answered when it did not answer with success. */
export interface ErrorReply {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** The body as JSON; undefined where it is none. At most 64 KiB of it were read. */
  body: unknown;
}

/** Where a call carries its credential. */
export interface Authorization {
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

export interface AccountPlan {
  /** 'openai', 'elevenlabs', 'pexels' …: the word for time limits, prices and states. */
  vendor: string;
  runs: 'remote' | 'local';
  /** Everything before the path, for example `https://api.openai.com/v1`. A trailing slash is dropped. */
  baseUrl: string;
  /** The credential; leave out where none is needed. */
  key?: string | undefined;
  /** The variable that holds the key, for messages: `OPENAI_API_KEY`. */
  keySetting?: string;
  /** How the key travels. `Authorization: Bearer <key>` unless given. */
  authorize?: (key: string) => Authorization;
  /** Headers that every call to this vendor carries, for example `anthropic-version`. */
  headers?: Record<string, string>;
  /** What a key of this vendor looks like, as a hint for `keyProblem`; never a reason not to try it. */
  keyFormat?: { pattern: RegExp; hint: string };
  /** Calls that one process makes at the same time; the rest wait in order. 4 unless given. */
  maxConcurrentCalls?: number;
  /** The vendor's own error words, looked at before the common table; undefined leaves it to the table. */
  faultOf?: (reply: ErrorReply) => FailureCode | undefined;
  /** Its own words for users, where the code's own would not help; undefined leaves it to those. */
  wordsOf?: (reply: ErrorReply) => string | undefined;
  /** What a user does about a model that is not there, for example "Run: ollama pull llama3.1". */
  missingModel?: (model: string) => string;
  /** A free call that shows that the service is there and takes the key. */
  probe: ProbePlan;
}

export interface ProbePlan {
  /** Below the base URL, for example `/models`. */
  path: string;
  /** Names of models (voices …) in the reply; whatever shape the reply has. */
  modelsIn(body: unknown): string[];
  /** Error replies that show that the key was taken all the same: it may do its work, and not list models. */
  isTaken?: (reply: ErrorReply) => boolean;
}

/** One credential at one address. Made by `createAccount`; safe to log. */
export interface Account extends Readonly<Omit<AccountPlan, 'key' | 'authorize'>> {
  /** Names credential and address without giving them away; the key of limiter, breaker and journal. */
  readonly id: string;
  readonly key: Secret | undefined;
  readonly authorize: (key: string) => Authorization;
  readonly maxConcurrentCalls: number;
  /** What is odd about the key, in words for users; never its value. */
  readonly keyProblem: string | undefined;
}

/**
 * Checks and completes an account. Errors: INVALID_CONFIG for an address that is no plain http(s) URL and
 * for a key that cannot stand in a header; never with the value.
 */
export function createAccount(plan: AccountPlan): Account {
  const { vendor, key, keyFormat, keySetting = 'The key', maxConcurrentCalls = 4 } = plan;
  const baseUrl = plainBaseUrl(plan.baseUrl, vendor);
  if (key !== undefined && !/^[\x21-\x7e]{1,4096}$/.test(key)) {
    throw new Failure('INVALID_CONFIG', `${keySetting} is empty or holds characters no key has.`);
  }
  const isOdd = key !== undefined && keyFormat !== undefined && !keyFormat.pattern.test(key);
  return {
    ...plan,
    id: `${vendor}@${new URL(baseUrl).host}#${fingerprint(`${baseUrl} ${key ?? ''}`)}`,
    baseUrl,
    key: key === undefined ? undefined : new Secret(key),
    authorize: plan.authorize ?? bearer,
    maxConcurrentCalls,
    keyProblem: isOdd ? keyFormat.hint : undefined,
  };
}

/** The failure of a provider whose key is not set. `keySetting` is the variable's name. */
export function missingKey(keySetting: string): Failure {
  return new Failure(`MissingApiKey:${keySetting}`, `${keySetting} is not set.`);
}

function bearer(key: string): Authorization {
  return { headers: { authorization: `Bearer ${key}` } };
}

function plainBaseUrl(text: string, vendor: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    url.username + url.password + url.search + url.hash === '';
  if (!isPlain) {
    throw new Failure(
      'INVALID_CONFIG',
      `The address of ${vendor} must be an http or https URL without user, query and fragment.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** 32 bits of a hash: tells keys apart, and says nothing about one that is long enough to be a key. */
function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
