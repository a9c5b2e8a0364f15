import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '@aura/failure';
import type { ArtifactStore, Claim } from '@aura/storage';
import { activityLimits, activitySignal } from './activity-context.js';
import { progress } from './progress.js';

/** Either somebody has done the work, or it is ours to do. */
export type Turn<T> = { result: T; claim?: undefined } | { result?: undefined; claim: Claim };

const LOOK_AGAIN_MS = 200;
/** The rest of an attempt's time is for doing the work, should that fall to us after all. */
const SHARE_FOR_WAITING = 0.5;

/**
 * Waits while another worker does equal work, and takes its result, or its place once its claim has run
 * out or was given up. The claim runs as long as a silent worker counts as alive.
 * Errors: UnitBusy after half of the attempt's time, those of the store, the activity's cancellation.
 */
export async function turnAt<T>(store: ArtifactStore, key: string): Promise<Turn<T>> {
  const signal = activitySignal();
  const { heartbeatMs: ttlMs, attemptMs } = activityLimits();
  const owner = `process ${process.pid} on ${hostname()}`;
  const giveUpAt = Date.now() + attemptMs * SHARE_FOR_WAITING;
  do {
    signal?.throwIfAborted();
    const found = await store.findResult<T>(key);
    if (found) return { result: found };
    const claim = await store.claim(key, { owner, ttlMs });
    if (claim) return doneMeanwhile(store, key, claim);
    progress(0, 'another worker is at it');
    // Not in step with others who wait for the same.
    await delay(LOOK_AGAIN_MS * (0.5 + Math.random()), undefined, { signal });
  } while (Date.now() < giveUpAt);
  throw new Failure('UnitBusy', 'Another worker is still doing the same piece of work.');
}

/** Between a look for the result and the claim, another may have recorded it and given up its claim. */
async function doneMeanwhile<T>(store: ArtifactStore, key: string, claim: Claim): Promise<Turn<T>> {
  let found: T | undefined;
  try {
    found = await store.findResult<T>(key);
    if (!found) return { claim };
  } catch (error) {
    await claim.release(); // not kept from those to whom the store answers
    throw error;
  }
  await claim.release();
  return { result: found };
}
