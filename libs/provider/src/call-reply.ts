import type { Account } from './account.js';
import type { WireReply } from './http/exchange.js';
import { parseJson } from './json.js';
import type { Reply, SdkCall } from './vendor-call.js';
import { redact, unreadable } from './vendor-failure.js';

/** The reply as callers see it. */
export function replyOf(account: Account, wire: WireReply, tookMs: number): Reply {
  const { status, bytes, sizeBytes } = wire;
  // Some of them are written down (the id of the request), and a vendor may give back what it was sent.
  const headers = Object.fromEntries(
    Object.entries(wire.headers).map(([name, value]) => [name, redact(value, account)]),
  );
  const mediaType = mediaTypeOf(headers);
  let parsed: { value: unknown } | undefined;
  return {
    status,
    headers,
    mediaType,
    bytes,
    sizeBytes,
    tookMs,
    text: () => bytes.toString('utf8'),
    json: () => {
      parsed ??= { value: jsonOf(account, bytes) };
      return parsed.value;
    },
  };
}

/**
 * JSON must be sound, so that garbage counts against the vendor before the reply is handed on; where nothing but JSON is
 * taken, it must be there. Errors: API_ERROR.
 */
export function checkJson(reply: Reply, { mediaTypes = [] }: Pick<SdkCall, 'mediaTypes'>): void {
  const isSaved = reply.bytes.length === 0 && reply.sizeBytes > 0;
  const isDue = reply.bytes.length > 0 || mediaTypes.some(isJson);
  if (isJson(reply.mediaType) && isDue && !isSaved) reply.json();
}

/** SDKs hand on whatever JSON comes, and whoever reads members of it must find an object. Errors: API_ERROR. */
export function checkObject(reply: Reply, { account }: Pick<SdkCall, 'account'>): void {
  const value = reply.json();
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || Object.keys(value).length === 0) {
    throw unreadable(account, 'its JSON is no object with members');
  }
}

/** The body of an error reply, as far as it is JSON. */
export function errorBody({ headers, bytes }: WireReply): unknown {
  const parsed = parseJson(bytes);
  if (parsed.ok) return parsed.value;
  return isJson(mediaTypeOf(headers)) ? undefined : { message: plainWords(bytes) };
}

function jsonOf(account: Account, bytes: Buffer): unknown {
  const parsed = parseJson(bytes, { maxBytes: Number.POSITIVE_INFINITY });
  if (!parsed.ok) throw unreadable(account, `its JSON is refused: ${parsed.problem}`);
  return parsed.value;
}

/** The content type without parameters, lower case; empty where there is none. */
export function mediaTypeOf(headers: Readonly<Record<string, string>>): string {
  return (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

export function isJson(mediaType: string): boolean {
  return mediaType === 'application/json' || mediaType.endsWith('+json');
}

/** Of a page or a line of text as much as fits into a log. */
function plainWords(bytes: Buffer): string {
  return bytes.toString('utf8', 0, 300).replaceAll(/\s+/g, ' ').trim();
}
