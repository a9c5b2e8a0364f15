/** Why a text was not taken as JSON. */
export type JsonProblem = 'too large' | 'not JSON' | 'too deep' | 'holds NUL';

export interface JsonLimits {
  /** Largest text, in UTF-8 bytes. 16 MiB unless given. */
  maxBytes?: number;
  /** Deepest nesting of objects and arrays. 20 unless given. */
  maxDepth?: number;
}

export type ParsedJson =
  | { ok: true; value: unknown; problem?: undefined }
  | { ok: false; value?: undefined; problem: JsonProblem };

const LIMITS = { maxBytes: 16 * 1024 * 1024, maxDepth: 20 };

/**
 * Reads JSON that comes from outside: a vendor's reply, or what a language model wrote. Size and depth are
 * judged before anything is built, since deep values break whoever walks or prints them later; NUL is refused,
 * since PostgreSQL takes none. Bytes must be UTF-8. Never throws.
 */
export function parseJson(text: string | Uint8Array, limits: JsonLimits = {}): ParsedJson {
  const { maxBytes, maxDepth } = { ...LIMITS, ...limits };
  const sizeBytes = typeof text === 'string' ? Buffer.byteLength(text) : text.byteLength;
  if (sizeBytes > maxBytes) return { ok: false, problem: 'too large' };
  try {
    const source = typeof text === 'string' ? text : UTF8.decode(text);
    if (depthOf(source) > maxDepth) return { ok: false, problem: 'too deep' };
    const value: unknown = JSON.parse(source);
    return holdsNul(value) ? { ok: false, problem: 'holds NUL' } : { ok: true, value };
  } catch {
    return { ok: false, problem: 'not JSON' };
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Brackets outside strings; for texts that are no JSON the figure means nothing and does no harm. */
function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < source.length; index += 1) {
    const character = source.charCodeAt(index);
    if (character === 0x22) {
      index = endOfString(source, index);
    } else if (character === 0x5b || character === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (character === 0x5d || character === 0x7d) {
      depth -= 1;
    }
  }
  return deepest;
}

/** Pictures come as strings of many megabytes: the native search makes them cost next to nothing. */
function endOfString(source: string, start: number): number {
  for (let from = start + 1; ;) {
    const quote = source.indexOf('"', from);
    if (quote < 0) return source.length;
    let slashes = 0;
    while (source.charCodeAt(quote - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return quote;
    from = quote + 1;
  }
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsNul);
  return Object.entries(value).some(([name, member]) => name.includes('\0') || holdsNul(member));
}
