import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an Authorization header carries the key. Takes the same time for every wrong key. */
export function carriesKey(authorization: string | undefined, key: string): boolean {
  const [, given] = /^Bearer +([^\s]+) *$/i.exec(authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(key));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
