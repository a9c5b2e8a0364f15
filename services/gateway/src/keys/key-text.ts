import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** A key as it is shown once, and what is kept of it. */
export interface NewKey {
  /** aura_, 8 hex digits by which it is found, _, 40 of its secret (160 bits), 8 of their checksum. */
  text: string;
  prefix: string;
  /** sha256 of the text. A slow hash is for passwords, which can be guessed. */
  hash: string;
}

export function newKey(random: (bytes: number) => Buffer = randomBytes): NewKey {
  const prefix = `aura_${random(4).toString('hex')}`;
  const open = `${prefix}_${random(20).toString('hex')}`;
  const text = `${open}${checksum(open)}`;
  return { text, prefix, hash: hashOfKey(text) };
}

/** The prefix of what is a key by its form; a mistyped one is told by its checksum, and nobody is asked about it. */
export function prefixOf(text: string): string | undefined {
  const [, open = '', prefix, sum] =
    /^((aura_[0-9a-f]{8})_[0-9a-f]{40})([0-9a-f]{8})$/.exec(text) ?? [];
  return sum === checksum(open) ? prefix : undefined;
}

/** Whether something wants to be a key of the table. */
export function looksLikeKey(text: string): boolean {
  return text.startsWith('aura_');
}

export function hashOfKey(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function checksum(open: string): string {
  return crc32(open).toString(16).padStart(8, '0');
}
