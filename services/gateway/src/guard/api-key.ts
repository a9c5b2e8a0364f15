import { createHash, timingSafeEqual } from 'node:crypto';

/** What stands behind `Bearer` in an Authorization header. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +([^\s]+) *$/i.exec(authorization ?? '')?.[1];
}

/** Whether two texts are the same. Takes the same time for every wrong one. */
export function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
