import type { Account } from './account.js';
import type { Breaker } from './breaker.js';
import type { CallJournal } from './journal.js';
import type { Price, PriceList } from './prices.js';
import type { Probe, Reply, SdkCall, VendorCall } from './vendor-call.js';

/** Time limits of calls in ms: one for all, and one per vendor where it differs. */
export interface VendorTimeouts {
  defaultMs: number;
  /** By `Account.vendor`. */
  perVendor: Readonly<Record<string, number>>;
  /** From the first packet to an open connection. 10,000 ms unless given. */
  connectMs?: number | undefined;
  /** From sending to the first byte of an answer. As long as the whole call unless given. */
  firstByteMs?: number | undefined;
}

/** Proxies by scheme of the called address; empty or absent for none. Local accounts never go through one. */
export interface ProxySettings {
  httpProxy?: string | undefined;
  httpsProxy?: string | undefined;
  /** Host names that are called directly, separated by commas. */
  noProxy?: string | undefined;
}

export interface VendorsDeps {
  timeouts?: VendorTimeouts;
  proxy?: ProxySettings;
  /** For `terms`; without it nothing has a price. */
  prices?: PriceList;
  /**
   * 'public' calls public addresses only, judged as by `safeFetch`, and never through a proxy: for accounts whose address
   * a user has named and nobody has configured. Others are INVALID_CONFIG. Anywhere unless given.
   */
  reach?: 'public' | undefined;
  /** Needed where calls have an `expense`. */
  journal?: CallJournal | undefined;
  /** ms since 1970, for breakers and Retry-After. */
  now?: () => number;
}

/** How one endpoint of one account has been doing in this process. */
export interface EndpointHealth {
  vendor: string;
  accountId: string;
  endpoint: string;
  breaker: Breaker['state'];
  /** ms since 1970 at which an open breaker lets a trial through; undefined where it is not open. */
  opensAtMs: number | undefined;
  /** Calls that were let through, and how many of them the vendor failed (not 4xx, not cancels). */
  calls: number;
  failures: number;
  lastFailure: { code: string; message: string; atMs: number } | undefined;
}

export interface Terms {
  /** Undefined for a vendor that is not in the list. */
  price: Price | undefined;
  totalMs: number;
}

/**
 * All calls to vendors go through here: one per process. It holds the connection pools, the breakers, the places per
 * account and the journal, and puts the credential onto each call, so that adapters and SDKs never see it.
 *
 * Every method throws `Failure` with a code of the table: MissingApiKey, AUTH_FAILED, QUOTA_EXCEEDED,
 * RATE_LIMIT_EXCEEDED, API_ERROR, NETWORK_TIMEOUT, TransientNetworkFailure, RESOURCE_NOT_FOUND, INVALID_CONFIG,
 * CONTENT_REFUSED, CIRCUIT_OPEN, BUDGET_EXCEEDED; on abort the signal's own reason. Nothing is tried twice here.
 */
export interface Vendors {
  /** Makes one call by hand and reads its whole body. Not idempotent: each call is sent once. */
  callVendor(call: VendorCall): Promise<Reply>;
  /**
   * Makes calls through an official SDK: `use` gets a `fetch` to hand to it, together with `SDK_OPTIONS`. Whatever the
   * SDK makes of a failure, what is thrown is the Failure that the call met. Every request that the SDK sends is one
   * journaled call.
   */
  callSdk<T>(call: SdkCall, use: (fetch: typeof globalThis.fetch) => Promise<T>): Promise<T>;
  /** Asks whether the service is there, takes the key, and what models it has. Throws only on abort. */
  probe(
    account: Account,
    options?: { signal?: AbortSignal | undefined; totalMs?: number },
  ): Promise<Probe>;
  /** What a model of a vendor costs, and how long one call to it may take. No network. */
  terms(vendor: string, model: string): Terms;
  /** Every endpoint that has been called. */
  health(): EndpointHealth[];
  /** Ends idle connections and waits for running calls. */
  close(): Promise<void>;
}

/**
 * What every SDK client is made with: no retries of its own, no time limit of its own, and a word in the key's place,
 * which never leaves this process.
 */
export const SDK_OPTIONS = {
  apiKey: 'held-by-the-account',
  maxRetries: 0,
  timeout: 2_147_483_647,
} as const;
