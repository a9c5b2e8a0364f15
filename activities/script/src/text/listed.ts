/** Things as they are enumerated in a language (BCP 47); in one that is unknown or no language at all, as in English. */
export function listed(things: readonly string[], language: string): string {
  return formatOf(language).format(things);
}

function formatOf(language: string): Intl.ListFormat {
  try {
    return new Intl.ListFormat(language || 'en');
  } catch {
    return new Intl.ListFormat('en');
  }
}
