import { Failure } from '@aura/failure';
import type { Account } from './account.js';
import { outgoingOf } from './call-request.js';
import { endOf } from './call-end.js';
import type { Line } from './line.js';
import type { Probe } from './vendor-call.js';

const PROBE_MS = 10_000;
const MAX_MODELS = 1_000;

/** See `Vendors.probe`. */
export async function probe(
  line: Line,
  account: Account,
  { signal, totalMs = PROBE_MS }: { signal?: AbortSignal | undefined; totalMs?: number } = {},
): Promise<Probe> {
  const call = {
    account,
    endpoint: 'probe',
    signal,
    limits: { totalMs, maxBytes: 4 * 1024 * 1024 },
  };
  const startedMs = performance.now();
  const tookMs = () => Math.round(performance.now() - startedMs);
  try {
    const reply = await line.exchange(
      call,
      await outgoingOf({ ...call, path: account.probe.path }),
    );
    const models = account.probe.modelsIn(reply.json()).slice(0, MAX_MODELS);
    const authentic = account.key ? true : undefined;
    return { reachable: true, authentic, models, tookMs: tookMs(), problem: undefined };
  } catch (error) {
    const { error: thrown, status } = endOf(call, error);
    if (!(thrown instanceof Failure)) throw thrown;
    const { code, message } = thrown;
    return {
      reachable: status > 0,
      authentic: AUTHENTIC[code],
      models: [],
      tookMs: tookMs(),
      problem: { code, message },
    };
  }
}

/** Codes that show whether the key was taken. A key without money is a key. */
const AUTHENTIC: Partial<Record<string, boolean>> = {
  AUTH_FAILED: false,
  QUOTA_EXCEEDED: true,
  RATE_LIMIT_EXCEEDED: true,
};
