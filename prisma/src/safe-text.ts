/**
 * Text and JSON as PostgreSQL takes them: NUL (refused with 22021) and lone halves of surrogate pairs
 * (refused in jsonb) become U+FFFD, everywhere in the value, keys included. Anything else stays as it is.
 */
export function safeText<T>(value: T): T {
  return made(value) as T;
}

function made(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(REFUSED, '\uFFFD');
  if (Array.isArray(value)) return value.map(made);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.replace(REFUSED, '\uFFFD'), made(member)]),
  );
}

// With the u flag a pair counts as one character, so the class matches lone halves only.
// oxlint-disable-next-line no-control-regex
const REFUSED = /[\u0000\uD800-\uDFFF]/gu;
