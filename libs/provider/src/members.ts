/** Members of a vendor's reply, whatever it is. */
export function members(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Names in a vendor's list, which holds them as they are or as one member of each entry. */
export function namesIn(list: unknown, member: string): string[] {
  const entries: unknown[] = Array.isArray(list) ? list : [];
  return entries.flatMap((entry) => {
    const name = typeof entry === 'string' ? entry : members(entry)[member];
    return typeof name === 'string' && name !== '' ? [name] : [];
  });
}
