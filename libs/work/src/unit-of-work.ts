import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { Failure } from '@aura/failure';
import type { JobRef } from '@aura/proto';
import { unitKey, type ArtifactStore, type Claim } from '@aura/storage';
import { activityLimits, activitySignal } from './activity-context.js';
import { reach } from './checkpoints.js';
import { keepClaim } from './kept-claim.js';
import { runningActivity, unitInWork } from './progress.js';
import { turnAt } from './turn.js';

export interface UnitOfWork {
  job: JobRef;
  unit: string;
  provider: string;
  /** Bumped by hand whenever our own code changes what comes out. */
  recipe: number;
  /** Everything that shows in the result, and nothing else. */
  inputs: unknown;
}

/** Where and under whose control a piece of work is done. */
export interface WorkPlace {
  /** A folder of its own, removed afterwards. */
  scratch: string;
  key: string;
  /** The activity's cancellation, and the loss of the claim: then another does the same. */
  signal: AbortSignal;
}

/** A process that loses its claim so often cannot keep one. */
const MAX_TURNS = 10;

/**
 * Does a piece of work once: a result recorded under the same key is given back; while another worker does
 * equal work its result is waited for; otherwise `work` runs in a scratch folder of its own, which is
 * removed whatever happens, and its result is recorded last. `work` publishes its blobs itself; until the
 * record is written nothing refers to them. Work whose claim was lost is ended and not recorded.
 * Errors: UnitBusy, those of the work and of the store, the activity's cancellation.
 */
export async function unitOfWork<T extends { unitKey: string }>(
  store: ArtifactStore,
  { job, unit, provider, recipe, inputs }: UnitOfWork,
  work: (place: WorkPlace) => Promise<T>,
): Promise<T> {
  const key = unitKey({ tenant: job.tenantId, unit, provider, recipe, inputs });
  for (let turns = 0; turns < MAX_TURNS; turns += 1) {
    const { result, claim } = await turnAt<T>(store, key);
    if (!claim) return result;
    const done = await workUnder(claim, { store, videoId: job.videoId, unit, key }, work);
    if (done) return done;
  }
  throw new Failure('UnitBusy', 'The claim on a piece of work was lost again and again.');
}

interface Order {
  store: ArtifactStore;
  videoId: string;
  unit: string;
  key: string;
}

/** Undefined where the claim was lost before the result was recorded. */
async function workUnder<T>(
  claim: Claim,
  { store, videoId, unit, key }: Order,
  work: (place: WorkPlace) => Promise<T>,
): Promise<T | undefined> {
  const canceled = activitySignal();
  const activity = runningActivity.getStore();
  if (activity) activity.made = true;
  const kept = keepClaim(claim, activityLimits().heartbeatMs);
  const signal = canceled ? AbortSignal.any([canceled, kept.lost]) : kept.lost;
  try {
    await reach('before', unit, key);
    const result = await inScratch(store, { videoId, unit }, (scratch) =>
      unitInWork.run({ unit, key, begun: false }, () => work({ scratch, key, signal })),
    );
    await reach('done', unit, key);
    if (!(await kept.isOurs())) return undefined;
    await store.putResult(key, result);
    await reach('recorded', unit, key);
    return result;
  } catch (error) {
    if (kept.lost.aborted && !canceled?.aborted) return undefined;
    throw error;
  } finally {
    await kept.end();
  }
}

async function inScratch<T>(
  store: ArtifactStore,
  { videoId, unit }: { videoId: string; unit: string },
  work: (scratch: string) => Promise<T>,
): Promise<T> {
  const scratch = await store.scratch(videoId, unit);
  try {
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await rmdir(path.dirname(scratch)).catch(() => undefined); // other units of the video may be in there
  }
}
