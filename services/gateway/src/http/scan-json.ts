/** What `JSON.parse` does not tell of a text. */
export interface JsonScan {
  /** Deepest nesting of objects and arrays; the outermost one is level 1. */
  depth: number;
  /** A member that an object names twice, or one that reaches for a prototype. */
  hostileMember: string | undefined;
}

const PROTOTYPE_MEMBERS = new Set(['__proto__', 'prototype', 'constructor']);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Looks over a JSON text in one pass, without recursion and before anything is built from it. Ends early
 * below `maxDepth`. The text need not be valid: what is not is `JSON.parse`'s to refuse.
 */
export function scanJson(text: string, maxDepth: number): JsonScan {
  const open: Set<string>[] = [];
  const scan: JsonScan = { depth: 0, hostileMember: undefined };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '{' || sign === '[') {
      open.push(new Set());
      scan.depth = Math.max(scan.depth, open.length);
      if (scan.depth > maxDepth) return scan;
    } else if (sign === '}' || sign === ']') {
      open.pop();
    } else if (sign === '"') {
      const end = endOfString(text, at);
      if (isFollowedByColon(text, end)) {
        const name = decode(text.slice(at, end));
        const members = open.at(-1);
        if (members?.has(name) || PROTOTYPE_MEMBERS.has(name)) scan.hostileMember ??= name;
        members?.add(name);
      }
      at = end - 1;
    }
  }
  return scan;
}

/** The index after the closing quote of the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at += 1;
    else if (code === QUOTE) return at + 1;
  }
  return text.length;
}

function isFollowedByColon(text: string, from: number): boolean {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return text[at] === ':';
}

/** `"\u005f_proto__"` is `__proto__` too. */
function decode(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
