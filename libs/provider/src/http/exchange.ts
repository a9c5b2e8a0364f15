import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import { orAborted } from '../or-aborted.js';
import type { CallLimits } from '../vendor-call.js';
import { AddressRefused } from './public-agent.js';
import {
  openTarget,
  readBeginning,
  readTo,
  readToMemory,
  unpacked,
  type Target,
} from './read-body.js';
import { WireFault, wireFault } from './wire-fault.js';

export interface WireRequest {
  dispatcher: Dispatcher;
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
  limits: CallLimits;
  signal: AbortSignal | undefined;
  saveTo: string | undefined;
  /** Whether a reply of success with this head is worth reading. */
  isWanted: (headers: Record<string, string>) => boolean;
  /** 'return' hands redirects back unread; else those within the origin are followed. */
  redirects?: 'return';
  /** Called when the request goes onto a connection: before that, nothing has left this machine. */
  onSent?: (() => void) | undefined;
}

export interface WireReply {
  status: number;
  headers: Record<string, string>;
  /** Of an error reply the first 64 KiB. Empty when it was saved. */
  bytes: Buffer;
  sizeBytes: number;
}

type OpenRequest = WireRequest & { target: Target | undefined };

/** Timers that are set to more fire at once. */
const MAX_TIMER_MS = 2_147_483_647;
const MAX_REDIRECTS = 3;
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * One HTTP exchange within its limits, head and body. Redirects are followed where they stay at the same origin and
 * the method is GET. Errors: WireFault, AddressRefused; what the disk says with `saveTo`; on abort the signal's own reason.
 */
export async function exchange(wire: WireRequest): Promise<WireReply> {
  const { limits, signal } = wire;
  signal?.throwIfAborted();
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  const expire = (what: string, afterMs: number) =>
    setTimeout(
      () => stop.abort(new WireFault('timeout', `${what} after ${afterMs} ms`)),
      Math.min(afterMs, MAX_TIMER_MS),
    );
  const total = expire('no complete reply', limits.totalMs);
  const firstByte = expire('no first byte', limits.firstByteMs);
  let target: Target | undefined;
  let isSent = false;
  const onSent = () => {
    isSent = true;
    wire.onSent?.();
  };
  try {
    // Opened before anything is sent: a disk that cannot take the reply costs no call.
    target = wire.saveTo === undefined ? undefined : await openTarget(wire.saveTo);
    const reply = await follow({ ...wire, target, onSent }, stop.signal, () =>
      clearTimeout(firstByte),
    );
    await target?.close(reply.status < 300);
    return reply;
  } catch (error) {
    await target?.close(false);
    if (signal?.aborted) throw signal.reason;
    if (stop.signal.aborted) throw stop.signal.reason;
    if (wire.saveTo !== undefined && isOfDisk(error)) throw error;
    if (error instanceof AddressRefused) throw error;
    throw wireFault(error, isSent);
  } finally {
    clearTimeout(total);
    clearTimeout(firstByte);
    signal?.removeEventListener('abort', onAbort);
  }
}

async function follow(
  wire: OpenRequest,
  signal: AbortSignal,
  onFirstByte: () => void,
): Promise<WireReply> {
  let { url } = wire;
  const { onSent = () => undefined } = wire;
  const dispatcher = wire.dispatcher.compose(
    (dispatch) => (options, handler) => dispatch(options, telling(handler, onSent)),
  );
  for (let hops = 0; ; hops += 1) {
    const { method, headers, body } = wire;
    const requested = request(url, {
      dispatcher,
      method,
      headers,
      body: body ?? null,
      signal,
      // Ours are exact and count from the sending; undici's are coarse and would end long replies of their own accord.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    // undici hears of an abort only when it is connected, and sends nothing then.
    const reply = await orAborted(requested, signal).catch((error: unknown) => {
      requested.then(({ body }) => drop(body), ignored);
      throw error;
    });
    onFirstByte();
    const isFollowed = wire.redirects !== 'return' && REDIRECTS.has(reply.statusCode);
    const location = isFollowed ? headerOf(reply.headers['location']) : '';
    if (location === '')
      return await read(reply, wire).catch((error: unknown) => fail(reply, error));
    drop(reply.body);
    url = redirected(url, location, { method, hops });
  }
}

/** Tells when a request is written to a connection, which undici does not do until there is one. */
function telling(
  inner: Dispatcher.DispatchHandler,
  onSent: () => void,
): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (...about) => {
      onSent();
      inner.onRequestStart?.(...about);
    },
    onRequestUpgrade: (...about) => inner.onRequestUpgrade?.(...about),
    onResponseStart: (...about) => inner.onResponseStart?.(...about),
    onResponseData: (...about) => inner.onResponseData?.(...about),
    onResponseEnd: (...about) => inner.onResponseEnd?.(...about),
    onResponseError: (...about) => inner.onResponseError?.(...about),
  };
}

async function read(reply: Dispatcher.ResponseData, wire: OpenRequest): Promise<WireReply> {
  const headers = plainHeaders(reply.headers);
  const status = reply.statusCode;
  const body: Readable = unpacked(reply.body, headers['content-encoding'] ?? '');
  if (status >= 300) {
    const bytes = await readBeginning(body, MAX_ERROR_BYTES);
    return { status, headers, bytes, sizeBytes: bytes.length };
  }
  if (!wire.isWanted(headers)) {
    throw new WireFault(
      'garbage',
      `it is ${headers['content-type']?.slice(0, 100) ?? 'of no type'}`,
    );
  }
  const { maxBytes } = wire.limits;
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    throw new WireFault('too large', `the body is larger than ${maxBytes} bytes`);
  }
  if (wire.target) {
    const sizeBytes = await readTo(wire.target, body, maxBytes);
    return { status, headers, bytes: Buffer.alloc(0), sizeBytes };
  }
  const bytes = await readToMemory(body, maxBytes);
  return { status, headers, bytes, sizeBytes: bytes.length };
}

function ignored(): void {}

/** A body that nobody reads would hold its connection for ever. */
function drop(body: Readable): void {
  body.on('error', () => undefined).destroy();
}

function fail({ body }: Dispatcher.ResponseData, error: unknown): never {
  drop(body);
  throw error;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function redirected(
  from: URL,
  location: string,
  { method, hops }: { method: string; hops: number },
): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (to?.origin !== from.origin || method !== 'GET' || hops >= MAX_REDIRECTS) {
    throw new WireFault('redirect', 'the reply points to another address');
  }
  return to;
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), headerOf(value)]),
  );
}

function headerOf(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join(', ') : (value ?? '');
}

function isOfDisk(error: unknown): boolean {
  const { syscall = '', code = '' } = (error ?? {}) as { syscall?: string; code?: string };
  return /^(open|write|close)$/.test(syscall) && code !== 'EPIPE' && code !== 'ECONNRESET';
}
