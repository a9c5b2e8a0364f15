import type { Claim } from '@aura/storage';

/** A claim that is extended for as long as the work under it goes on. */
export interface KeptClaim {
  /** Aborts as soon as the claim may be somebody else's. */
  lost: AbortSignal;
  /** Whether it is still ours at this moment. */
  isOurs(): Promise<boolean>;
  /** Stops extending it and gives it up. */
  end(): Promise<void>;
}

/** The work under a claim goes on elsewhere. */
class ClaimLost extends Error {
  override readonly name = 'ClaimLost';
}

/** Several times within its time, so that one slow disk access loses nothing. */
const EXTENSIONS = 4;

/**
 * Extends a claim of `ttlMs` until it is ended. A process that was stopped for longer, or could not reach
 * the store for so long, loses it as soon as it goes on: others may be at it by then, and what costs money
 * must not be done twice.
 */
export function keepClaim(claim: Claim, ttlMs: number): KeptClaim {
  const lost = new AbortController();
  let extendedAt = Date.now();
  let extending: Promise<void> | undefined;

  const lose = () => lost.abort(new ClaimLost('another worker may be at it'));
  const isOverdue = () => Date.now() - extendedAt >= ttlMs;
  const extend = async () => {
    const at = Date.now();
    // A store that cannot be reached may be so for a moment; in the end the claim is overdue.
    const ours = await claim.extend().catch(() => undefined);
    if (ours) extendedAt = at;
    if (ours === false) lose();
  };
  const tick = () => {
    if (isOverdue()) lose();
    if (!lost.signal.aborted) extending ??= extend().finally(() => (extending = undefined));
  };
  const timer = setInterval(tick, ttlMs / EXTENSIONS);

  return {
    lost: lost.signal,
    isOurs: async () => {
      tick();
      await extending;
      return !lost.signal.aborted;
    },
    end: async () => {
      clearInterval(timer);
      await extending;
      await claim.release();
    },
  };
}
