import type { Account } from './account.js';
import type { Expense } from './journal.js';

/** How long and how large a call may become. */
export interface CallLimits {
  /** From the first packet to an open connection. The setting for all vendors unless given. */
  connectMs: number;
  /** From sending to the first byte of the reply's head. The setting for all vendors, or `totalMs`, unless given. */
  firstByteMs: number;
  /** From sending to the last byte. Waiting for a free place does not count. The vendor's setting unless given. */
  totalMs: number;
  /** Largest body that is read, after decompression. 32 MiB unless given. */
  maxBytes: number;
}

interface CallBasics {
  account: Account;
  /**
   * One fixed word for what is called ("chat", "speech", "pictures"); with the account it names the breaker.
   */
  endpoint: string;
  /** The model that is asked for, where there is one; for messages. */
  model?: string;
  limits?: Partial<CallLimits>;
  /** Kinds of replies that are taken, `application/json` or `audio/` for all of a kind; others are API_ERROR. Any unless given. */
  mediaTypes?: readonly string[];
  /** Ends the call; what is thrown then is the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** Present for calls that cost money or leave something behind at the vendor: they are journaled. */
  expense?: Expense;
}

/** One call by hand, for vendors without a well-kept SDK. */
export interface VendorCall extends CallBasics {
  /** Below the account's base URL (`/v1/text-to-speech/abc`), or a whole URL of the same origin. */
  path: string;
  /** POST where there is a body, else GET. */
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, string | number | boolean | undefined>;
  /** Names in lower case. The credential is added by itself. */
  headers?: Record<string, string>;
  /** Sent as application/json. */
  json?: unknown;
  /** Sent as it is; set `content-type`. */
  bytes?: Uint8Array | string;
  form?: FormData;
  /**
   * A file that must not exist yet, for bodies that are too large for memory: a successful body streams into
   * it, and it is removed when the call fails. `Reply.bytes` is empty then.
   */
  saveTo?: string;
}

/** One call (or a few) through an official SDK. Unless `mediaTypes` says else, only a JSON object with members is taken. */
export type SdkCall = CallBasics;

/** A complete, successful (2xx) reply. */
export interface Reply {
  status: number;
  /** Names in lower case; several values of one name are joined with ", ". */
  headers: Readonly<Record<string, string>>;
  /** The content type without parameters, lower case; empty where there is none. */
  mediaType: string;
  /** The body; empty when it was saved to a file. */
  bytes: Buffer;
  sizeBytes: number;
  tookMs: number;
  /** The body as JSON of at most 20 levels without NUL. Errors: API_ERROR. */
  json(): unknown;
  text(): string;
}

/** What a probe found. A probe never moves a breaker, and costs nothing. */
export interface Probe {
  /** Something answered. */
  reachable: boolean;
  /** The credential was taken; undefined where that could not be seen. */
  authentic: boolean | undefined;
  /** At most 1,000 names. */
  models: string[];
  tookMs: number;
  /** Why not, for users. */
  problem: { code: string; message: string } | undefined;
}
