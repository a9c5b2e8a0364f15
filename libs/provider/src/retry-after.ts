/** The longest wait that is kept to; who asks for more is passed over for now. */
export const MAX_RETRY_AFTER_MS = 60_000;

/**
 * How long a vendor asks to wait, in ms from `nowMs`: `retry-after-ms`, else `Retry-After` in seconds or as an
 * HTTP date (RFC 9110 §10.2.3). Never negative, a date in the past is 0; nonsense is undefined. Not bounded above: whoever reads
 * it compares with `MAX_RETRY_AFTER_MS`. `headers` have names in lower case.
 */
export function retryAfterMs(
  headers: Readonly<Record<string, string>>,
  nowMs: number,
): number | undefined {
  return numberOf(headers['retry-after-ms'], 1) ?? secondsOrDate(headers['retry-after'], nowMs);
}

function secondsOrDate(value: string | undefined, nowMs: number): number | undefined {
  return numberOf(value, 1_000) ?? dateOf(value, nowMs);
}

function numberOf(value: string | undefined, factor: number): number | undefined {
  const text = value?.trim() ?? '';
  if (!/^\d{1,15}(\.\d{1,9})?$/.test(text)) return undefined;
  return Math.ceil(Number(text) * factor);
}

/** Only the three forms of RFC 9110 §5.6.7, all of which begin with a weekday: `Date.parse` takes much more. */
function dateOf(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (!/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[ ,].{10,40}$/i.test(text)) return undefined;
  const isAsctime = !/gmt$/i.test(text);
  const atMs = Date.parse(isAsctime ? `${text} GMT` : text);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
