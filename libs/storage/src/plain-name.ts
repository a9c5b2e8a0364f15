/** The name as it is, where it can lead nowhere else. Errors: TypeError. */
export function plainName(name: string): string {
  if (!/^[\w-][\w.-]{0,199}$/.test(name)) throw new TypeError('a name in a ledger is plain');
  return name;
}
