import { Failure } from '@aura/failure';
import type { Account } from './account.js';
import { outgoingOf } from './call-request.js';
import { endOf, RefusedCall } from './call-end.js';
import type { Line } from './line.js';
import type { Probe } from './vendor-call.js';
import { redact } from './vendor-failure.js';

const PROBE_MS = 10_000;
const MAX_MODELS = 1_000;
const MAX_NAME_LENGTH = 200;

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
    const models = modelsIn(account, reply.json());
    const authentic = account.key ? true : undefined;
    return { reachable: true, authentic, models, tookMs: tookMs(), problem: undefined };
  } catch (error) {
    if (error instanceof RefusedCall && account.probe.isTaken?.(error.reply) === true) {
      const taken = { reachable: true, authentic: true, models: [] };
      return { ...taken, tookMs: tookMs(), problem: undefined };
    }
    const { error: thrown, status } = endOf(call, error, true);
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

/** Names are shown to people, and a server may give back what it was sent. */
function modelsIn(account: Account, body: unknown): string[] {
  const names = account.probe.modelsIn(body).slice(0, MAX_MODELS);
  return names.map((name) => redact(name, account).slice(0, MAX_NAME_LENGTH));
}

/** Codes that show whether the key was taken. A key without money is a key. */
const AUTHENTIC: Partial<Record<string, boolean>> = {
  AUTH_FAILED: false,
  PERMISSION_DENIED: true,
  QUOTA_EXCEEDED: true,
  RATE_LIMIT_EXCEEDED: true,
};
