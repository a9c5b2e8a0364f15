/** What looks like a credential, whoever's it is. */
const CREDENTIALS = [
  // Keys of vendors, and Aura's own: words that are joined have neither digits nor such length.
  /\b(?:sk|pk|rk|xi|hf|gsk|key)[-_](?=[\w-]*(?:\d|[A-Za-z]{20}))[\w-]{16,}/g,
  /\baura_[0-9a-f]{8}_[0-9a-f]{48}\b/g,
  /\bA(?:KIA|SIA)[0-9A-Z]{16}\b/g,
  // Of an Authorization header; and elsewhere where no word is written so.
  /(?<=authorization[\\"']*\s*[:=]\s*[\\"']*)(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  /\b(?:[Bb]earer|BEARER)\s+(?=[\w.~+/=-]{8})(?=[\w.~+/=-]*(?:\d|\w\.\w|[_~+=]|[a-z][A-Z]|\w{20}))[\w.~+/=-]+/g,
  /\b(?:[Bb]asic|BASIC)\s+(?=[\w.~+/=-]{12})(?=[\w.~+/=-]*(?:\d|[+=]|[a-z][A-Z]|\w{20}))[\w.~+/=-]+/g,
  // The user part of an address.
  /(?<=:\/\/)[^\s/@:"]+:[^\s/@"]+(?=@)/g,
];

/** A text that is to be given to others, without what looks like a credential. Pure. */
export function withoutCredentials(text: string): string {
  return CREDENTIALS.reduce((left, one) => left.replaceAll(one, '[cut]'), text);
}
