import { randomUUID } from 'node:crypto';
import { Failure } from '@aura/failure';
import type { S3Bucket } from './s3-bucket.js';

/**
 * Has a server show that it keeps to the conditions of writes and removals. One that passes them over would let two workers
 * do, and pay for, the same work. Errors: ArtifactStoreUnavailable, also where it does not answer.
 */
export async function requireConditions(bucket: Pick<S3Bucket, 'put' | 'remove'>): Promise<void> {
  const key = `claims/trial-${randomUUID()}`;
  const absent = { condition: { absent: true } } as const;
  const first = await bucket.put(key, 'one', absent);
  try {
    const isHeld =
      first !== undefined &&
      (await bucket.put(key, 'two', absent)) === undefined &&
      (await bucket.put(key, 'two', { condition: { etag: '"another"' } })) === undefined &&
      !(await bucket.remove(key, '"another"')) &&
      (await bucket.put(key, 'two', { condition: { etag: first } })) !== undefined;
    if (isHeld) return;
  } finally {
    await bucket.remove(key).catch(() => false);
  }
  throw new Failure('ArtifactStoreUnavailable', 'The artifact store passes conditions over.', {
    remediation:
      'Keep artifacts on an S3 server that knows conditional writes and deletes (If-None-Match, If-Match).',
    retryable: false,
  });
}
