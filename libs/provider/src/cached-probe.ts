import type { Account } from './account.js';
import { orAborted } from './or-aborted.js';
import type { Probe } from './vendor-call.js';
import type { Vendors } from './vendors.js';

/** How long a probe's answer is believed, in ms. */
export interface Freshness {
  /** When all was well, or the key was refused: 5 minutes unless given, and 10 s where it runs on own machines. */
  wellMs?: number;
  /** When nothing answered, so that a server that has been started is soon noticed: 30 s unless given, or those 10 s. */
  illMs?: number;
}

const USUAL = { wellMs: 300_000, illMs: 30_000 };
/** A server of one's own is started and stopped as one likes, and nobody counts its calls. */
const OWN = { wellMs: 10_000, illMs: 10_000 };

/** A report must not wait longer for any one of its lines. */
const PROBE_MS = 2_000;

interface Asked {
  atMs: number;
  probe: Promise<Probe>;
}

const kept = new WeakMap<Vendors, Map<string, Asked>>();

/**
 * One probe per account, and per thing that is asked of it, for all stages of a process; who asks at the same time shares
 * it, so an abort ends the waiting of who aborted, and not the probe. Throws only on abort.
 */
export async function cachedProbe(
  vendors: Vendors,
  account: Account,
  { freshness, signal }: { freshness?: Freshness; signal?: AbortSignal | undefined } = {},
): Promise<Probe> {
  signal?.throwIfAborted();
  const usual = account.runs === 'local' ? OWN : USUAL;
  const probing = sharedProbe(vendors, account, { ...usual, ...freshness });
  return signal ? orAborted(probing, signal) : probing;
}

async function sharedProbe(
  vendors: Vendors,
  account: Account,
  freshness: Required<Freshness>,
): Promise<Probe> {
  const ofVendors = kept.get(vendors) ?? new Map<string, Asked>();
  kept.set(vendors, ofVendors);
  // One server may serve two stages under one account, which ask it for models and for voices.
  const key = `${account.id} ${account.probe.path}`;
  const found = ofVendors.get(key);
  const known = await found?.probe.catch(() => undefined);
  if (found && known && performance.now() - found.atMs < keptMs(known, freshness)) return known;
  const newer = ofVendors.get(key);
  if (newer && newer !== found) return newer.probe;
  const probe = vendors.probe(account, { totalMs: PROBE_MS });
  ofVendors.set(key, { atMs: performance.now(), probe });
  return probe;
}

function keptMs({ problem }: Probe, { wellMs, illMs }: Required<Freshness>): number {
  return !problem || LASTING.has(problem.code) ? wellMs : illMs;
}

const LASTING: ReadonlySet<string> = new Set(['AUTH_FAILED', 'QUOTA_EXCEEDED']);
