import { Failure } from '@aura/failure';
import type { Account } from './account.js';
import type { CallLimits, VendorCall } from './vendor-call.js';
import type { VendorTimeouts } from './vendors.js';

/** A call as it goes out: address, headers and credential in place. */
export interface OutgoingCall {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
}

const DEFAULT_LIMITS = { connectMs: 10_000, maxBytes: 32 * 1024 * 1024 };
export const DEFAULT_TIMEOUTS: VendorTimeouts = { defaultMs: 120_000, perVendor: {} };

/** The call's own limits above the vendor's time limit above the one for all. */
export function limitsOf(
  account: Account,
  timeouts: VendorTimeouts,
  own: Partial<CallLimits> = {},
): CallLimits {
  const totalMs = own.totalMs ?? timeouts.perVendor[account.vendor] ?? timeouts.defaultMs;
  return {
    totalMs,
    firstByteMs: Math.min(own.firstByteMs ?? timeouts.firstByteMs ?? totalMs, totalMs),
    connectMs: Math.min(own.connectMs ?? timeouts.connectMs ?? DEFAULT_LIMITS.connectMs, totalMs),
    maxBytes: own.maxBytes ?? DEFAULT_LIMITS.maxBytes,
  };
}

/** A call by hand. Errors: INVALID_CONFIG for a path that leads to another origin. */
export async function outgoingOf(call: VendorCall): Promise<OutgoingCall> {
  const { account, path, query = {}, json, bytes, form, headers = {} } = call;
  const url = urlOf(account, path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  const hasBody = json !== undefined || bytes !== undefined || form !== undefined;
  const method = call.method ?? (hasBody ? 'POST' : 'GET');
  if (form !== undefined) {
    const request = new Request(url, { method, body: form });
    return withAccount(account, {
      url,
      method,
      headers: { ...headers, ...Object.fromEntries(request.headers) },
      body: new Uint8Array(await request.arrayBuffer()),
    });
  }
  const body = json === undefined ? bytes : JSON.stringify(json);
  const type: Record<string, string> =
    json === undefined ? {} : { 'content-type': 'application/json' };
  return withAccount(account, { url, method, headers: { ...type, ...headers }, body });
}

/** A call as an SDK has put it together; whatever it put into the credential's place is dropped. */
export async function outgoingOfSdk(
  account: Account,
  input: string | URL | Request,
  init: RequestInit | undefined,
): Promise<OutgoingCall> {
  // The standard's own class reads every kind of body and knows its content type.
  const request = new Request(input, { ...init, signal: null, duplex: 'half' });
  const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
  const headers = Object.fromEntries(
    [...request.headers].filter(([name]) => !CREDENTIALS.has(name)),
  );
  return withAccount(account, {
    url: urlOf(account, request.url),
    method: request.method,
    headers,
    body,
  });
}

const CREDENTIALS = new Set(['authorization', 'x-api-key', 'api-key', 'xi-api-key', 'cookie']);

function withAccount(account: Account, call: OutgoingCall): OutgoingCall {
  const authorization = account.key ? account.authorize(account.key.reveal()) : {};
  for (const [name, value] of Object.entries(authorization.query ?? {})) {
    call.url.searchParams.set(name, value);
  }
  const headers = {
    'user-agent': 'aura',
    accept: '*/*',
    ...call.headers,
    'accept-encoding': 'identity',
    ...account.headers,
    ...authorization.headers,
  };
  return { ...call, headers };
}

/** The credential goes to the account's own origin, and nowhere else. */
function urlOf(account: Account, path: string): URL {
  const base = new URL(account.baseUrl);
  const text = path.startsWith('/') ? `${account.baseUrl}${path}` : path;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== base.origin || url.username !== '' || url.password !== '') {
    throw new Failure(
      'INVALID_CONFIG',
      `A call to ${account.vendor} was about to go to another address.`,
    );
  }
  return url;
}
