/** What a Range header asks of a file: all of it, one part (inclusive), or something that is not there. */
export type RangeRequest =
  { kind: 'whole' } | { kind: 'part'; start: number; end: number } | { kind: 'unsatisfiable' };

/**
 * Reads a Range header (RFC 9110, 14.1.2) for a file of `size` bytes. Another unit than bytes is ignored,
 * as it must be; several ranges at once are not served, and neither is what cannot be read.
 */
export function rangeOf(header: string | undefined, size: number): RangeRequest {
  if (header === undefined || !/^\s*bytes\s*=/i.test(header)) return { kind: 'whole' };
  const [, first = '', last = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header) ?? [];
  if (first === '' && last === '') return { kind: 'unsatisfiable' };
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start <= end && start < size ? { kind: 'part', start, end } : { kind: 'unsatisfiable' };
}

/** Whether the client's copy is still good: one of its tags is ours, weak or not, or it takes any. */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(tag);
}

/** Whether a part still belongs to what the client has of the file: same tag, or not changed since. */
export function isSameFile(
  ifRange: string | undefined,
  file: { tag: string; modifiedAt: Date },
): boolean {
  if (ifRange === undefined || ifRange === file.tag) return true;
  if (ifRange.includes('"')) return false;
  return ifRange === file.modifiedAt.toUTCString();
}
