import { isIP } from 'node:net';
import { Agent } from 'undici';
import { Failure } from '@aura/failure';
import type { CallLimits } from '../vendor-call.js';
import { exchange, type WireReply } from './exchange.js';
import { isPublicAddress } from './public-address.js';
import { AddressRefused, publicAgent, resolveBySystem, type Resolve } from './public-agent.js';
import { WireFault } from './wire-fault.js';

/** A URL that a user or a vendor's reply has named. */
export interface SafeFetchRequest {
  url: string;
  /** Who named it: decides between InvalidInput and a fault of the provider. */
  namedBy: 'user' | 'vendor';
  /** The field that a user named it in, for `InvalidInput:<field>`. "url" unless given. */
  field?: string;
  /** Origins that the operator has configured (`http://127.0.0.1:8188`): allowed although they are not public. */
  allowOrigins?: readonly string[];
  headers?: Record<string, string>;
  /** 20 MiB unless given. */
  maxBytes?: number;
  /** From the look-up of the name to the last byte, redirects included. 30,000 ms unless given. */
  totalMs?: number;
  signal?: AbortSignal | undefined;
  /** A file that must not exist yet: the body streams into it, and it is removed when the fetch fails. */
  saveTo?: string;
}

export interface SafeReply {
  /** After redirects. */
  url: string;
  /** As the server says, lower case, without parameters: a claim, not a fact. */
  mediaType: string;
  /** Empty when the body was saved to a file. */
  bytes: Buffer;
  sizeBytes: number;
}

export interface SafeFetchDeps {
  resolve?: Resolve;
}

const DEFAULTS = { maxBytes: 20 * 1024 * 1024, totalMs: 30_000, field: 'url' };
const MAX_REDIRECTS = 3;
const PORTS = new Set(['', '80', '443', '8080', '8443']);

/**
 * Fetches a URL that comes from outside without letting it reach inside: only http and https, no user and password in it,
 * usual ports, public addresses (judged when the connection is made, every one that the name has), at most 3
 * redirects that are judged anew each, bounded time and size. The headers go to the first origin only. Never through a
 * proxy: one would connect for us, to wherever it likes.
 *
 * Errors: `InvalidInput:<field>` for a user's URL, or INVALID_CONFIG for a vendor's, where the URL is refused;
 * API_ERROR for statuses of 400 and above and bodies that are too large, retryable only where the server is at fault and
 * may do better the next time; NETWORK_TIMEOUT; TransientNetworkFailure; the
 * signal's own reason. GET only, so it may be repeated.
 */
export async function safeFetch(
  wanted: SafeFetchRequest,
  { resolve = resolveBySystem }: SafeFetchDeps = {},
): Promise<SafeReply> {
  const { totalMs = DEFAULTS.totalMs, signal } = wanted;
  const agents = { inside: new Agent(), outside: publicAgent(totalMs, resolve) };
  const endsAtMs = performance.now() + totalMs;
  try {
    let url = judged(wanted, wanted.url);
    const { origin } = url;
    for (let hops = 0; ; hops += 1) {
      const isAllowed = isConfigured(wanted, url);
      const reply = await exchange({
        url,
        dispatcher: isAllowed ? agents.inside : agents.outside,
        method: 'GET',
        headers: {
          'user-agent': 'aura',
          'accept-encoding': 'identity',
          ...(url.origin === origin ? wanted.headers : {}),
        },
        body: undefined,
        limits: limitsOf(wanted, endsAtMs - performance.now()),
        signal,
        saveTo: wanted.saveTo,
        isWanted: () => true,
        redirects: 'return',
      });
      const { location } = reply.headers;
      if (reply.status >= 400) {
        throw failed(`the server answered ${reply.status}`, mayPass(reply.status));
      }
      if (reply.status < 300) return safeReply(url, reply);
      if (!location || hops >= MAX_REDIRECTS) throw failed('too many redirects, or none to follow');
      url = judged(wanted, URL.canParse(location, url.href) ? new URL(location, url).href : '');
    }
  } catch (error) {
    throw failureOf(wanted, error);
  } finally {
    await Promise.all([agents.inside.destroy(), agents.outside.destroy()]);
  }
}

/**
 * Why a URL that comes from outside is refused before anybody is asked, as far as its parts tell; names are judged when
 * they are looked up. Undefined where nothing is wrong with it. Pure.
 */
export function urlRefusal(text: string, allowOrigins: readonly string[] = []): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return 'it is no http or https URL';
  if (url.username !== '' || url.password !== '') return 'it holds a user name';
  if (allowOrigins.includes(url.origin)) return undefined;
  if (!PORTS.has(url.port)) return 'its port is not one of the web';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) !== 0 && !isPublicAddress(host) ? 'it is not public' : undefined;
}

function judged({ allowOrigins }: SafeFetchRequest, text: string): URL {
  const refusal = urlRefusal(text, allowOrigins);
  if (refusal) throw new AddressRefused(refusal);
  return new URL(text);
}

function isConfigured({ allowOrigins = [] }: SafeFetchRequest, url: URL): boolean {
  return allowOrigins.includes(url.origin);
}

function limitsOf({ maxBytes = DEFAULTS.maxBytes }: SafeFetchRequest, leftMs: number): CallLimits {
  const totalMs = Math.max(1, Math.ceil(leftMs));
  return { totalMs, firstByteMs: totalMs, connectMs: totalMs, maxBytes };
}

function safeReply(url: URL, { headers, bytes, sizeBytes }: WireReply): SafeReply {
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return { url: url.href, mediaType, bytes, sizeBytes };
}

function failureOf(wanted: SafeFetchRequest, error: unknown): unknown {
  const { namedBy, field = DEFAULTS.field } = wanted;
  const refusal = error instanceof AddressRefused ? error : undefined;
  if (refusal) {
    return namedBy === 'user'
      ? new Failure(`InvalidInput:${field}`, `The URL is refused: ${refusal.message}.`)
      : new Failure(
          'INVALID_CONFIG',
          `A provider named a URL that is refused: ${refusal.message}.`,
        );
  }
  if (!(error instanceof WireFault)) return error;
  switch (error.kind) {
    case 'timeout':
      return new Failure('NETWORK_TIMEOUT', 'The server of the URL did not answer in time.', {
        details: error.message,
      });
    case 'connect':
    case 'network':
      return new Failure('TransientNetworkFailure', 'The server of the URL cannot be reached.', {
        details: error.message,
      });
    case 'garbage':
      return failed(error.message, true);
    case 'too large':
    case 'redirect':
      return failed(error.message);
  }
}

/** What a server says of itself or of too many questions; the rest it says of the URL. */
function mayPass(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

function failed(why: string, retryable = false): Failure {
  return new Failure('API_ERROR', 'The URL gives nothing usable.', { details: why, retryable });
}
