import { expect, test } from 'vitest';
import { requireConditions } from './require-conditions.js';
import type { Condition } from './s3-bucket.js';

/** A bucket of one object that keeps to as many conditions as it is told to. */
function bucket(keeps: (condition: Condition | { removes: string }) => boolean) {
  let object: { etag: string } | undefined;
  let writings = 0;
  return {
    left: () => object,
    put: async (_key: string, _body: unknown, { condition }: { condition?: Condition } = {}) => {
      const holds =
        !condition ||
        !keeps(condition) ||
        ('absent' in condition ? !object : object?.etag === condition.etag);
      if (!holds) return undefined;
      object = { etag: `"${(writings += 1)}"` };
      return object.etag;
    },
    remove: async (_key: string, etag?: string) => {
      if (etag !== undefined && keeps({ removes: etag }) && object?.etag !== etag) return false;
      object = undefined;
      return true;
    },
  };
}

test('a server that keeps to conditions is taken, and nothing is left of the trial', async () => {
  const good = bucket(() => true);
  await requireConditions(good);
  expect(good.left()).toBeUndefined();
});

test.each([
  ['that nothing is there', (one: object) => !('absent' in one)],
  ['of a tag', (one: object) => !('etag' in one)],
  ['of removals', (one: object) => !('removes' in one)],
])('a server that passes over the condition %s is refused', async (_what, keeps) => {
  const bad = bucket(keeps);
  const error = { code: 'ArtifactStoreUnavailable', retryable: false };
  await expect(requireConditions(bad)).rejects.toMatchObject(error);
  expect(bad.left()).toBeUndefined();
});
