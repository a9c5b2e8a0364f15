import { randomUUID } from 'node:crypto';
import type { Claim, ClaimTerms } from '../artifact-store.js';
import { parsed } from '../files.js';
import type { Condition, S3Bucket } from './s3-bucket.js';

/** Times of objects, and that of the server, are whole seconds. */
const CLOCK_MS = 2_000;
/** How long a claim counts whose terms cannot be read. */
const UNREADABLE_TTL_MS = 15_000;

/**
 * A claim is one object with its terms, written only where nothing is there, or in the place of one that has run out
 * and is still as it was seen; the server decides between two that try. It runs `ttlMs` from when it was last
 * written, by the server's clock. Undefined while somebody else's runs.
 */
export async function claimInBucket(
  bucket: S3Bucket,
  key: string,
  terms: ClaimTerms,
): Promise<Claim | undefined> {
  const id = randomUUID();
  const free = await write(bucket, key, { id, terms, condition: { absent: true } });
  if (free !== undefined) return held(bucket, key, { id, terms, etag: free });
  const other = await bucket.text(key);
  if (!other) return undefined; // given up in this very moment: it is asked for again
  const found = readTerms(other.text);
  if (found.id === id) return held(bucket, key, { id, terms, etag: other.etag });
  if (bucket.now() - other.at < found.ttlMs + CLOCK_MS) return undefined;
  const taken = await write(bucket, key, { id, terms, condition: { etag: other.etag } });
  return taken === undefined ? undefined : held(bucket, key, { id, terms, etag: taken });
}

interface Holding {
  id: string;
  terms: ClaimTerms;
  etag: string;
}

function held(bucket: S3Bucket, key: string, { id, terms, etag: first }: Holding): Claim {
  let etag = first;
  let runsUntil = Date.now() + terms.ttlMs;
  return {
    extend: async () => {
      const at = Date.now();
      const next = await write(bucket, key, { id, terms, condition: { etag } });
      if (next !== undefined) etag = next;
      else {
        // The answer to a write that did happen may have been lost, and the write sent again.
        const found = await bucket.text(key);
        if (!found || readTerms(found.text).id !== id) return false;
        etag = found.etag;
      }
      runsUntil = at + terms.ttlMs;
      return true;
    },
    release: async () => {
      // One that has run out may just be taken over.
      if (Date.now() < runsUntil) await bucket.remove(key, etag).catch(() => undefined);
      runsUntil = 0;
    },
  };
}

/** Every writing differs from the one before, so that its tag does. */
function write(
  bucket: S3Bucket,
  key: string,
  { id, terms, condition }: Pick<Holding, 'id' | 'terms'> & { condition: Condition },
): Promise<string | undefined> {
  return bucket.put(key, JSON.stringify({ id, ...terms, writing: randomUUID() }), { condition });
}

function readTerms(text: string): { id: string; ttlMs: number } {
  const { id, ttlMs } = (parsed(text) ?? {}) as { id?: unknown; ttlMs?: unknown };
  return {
    id: typeof id === 'string' ? id : '',
    ttlMs: typeof ttlMs === 'number' ? ttlMs : UNREADABLE_TTL_MS,
  };
}
