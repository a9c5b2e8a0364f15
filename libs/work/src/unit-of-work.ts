import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { JobRef } from '@aura/proto';
import { unitKey, type ArtifactStore } from '@aura/storage';
import { reach } from './checkpoints.js';
import { unitInWork } from './progress.js';

export interface UnitOfWork {
  job: JobRef;
  unit: string;
  provider: string;
  /** Bumped by hand whenever our own code changes what comes out. */
  recipe: number;
  /** Everything that shows in the result, and nothing else. */
  inputs: unknown;
}

/**
 * Does a piece of work once: a result recorded under the same key is given back; otherwise `work` runs
 * in a scratch folder of its own, which is removed whatever happens, and its result is recorded last.
 * `work` publishes its blobs itself; until the record is written nothing refers to them.
 */
export async function unitOfWork<T extends { unitKey: string }>(
  store: ArtifactStore,
  { job, unit, provider, recipe, inputs }: UnitOfWork,
  work: (place: { scratch: string; key: string }) => Promise<T>,
): Promise<T> {
  const key = unitKey({ tenant: job.tenantId, unit, provider, recipe, inputs });
  const found = await store.findResult<T>(key);
  if (found) return found;
  await reach('before', unit, key);
  const scratch = await store.scratch(job.videoId, unit);
  try {
    const result = await unitInWork.run({ unit, key, begun: false }, () => work({ scratch, key }));
    await reach('done', unit, key);
    await store.putResult(key, result);
    await reach('recorded', unit, key);
    return result;
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await rmdir(path.dirname(scratch)).catch(() => undefined); // other units of the video may be in there
  }
}
