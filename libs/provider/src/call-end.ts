import { Failure } from '@aura/failure';
import type { CallEnding } from './breaker.js';
import type { ErrorReply } from './account.js';
import { AddressRefused } from './http/public-agent.js';
import { WireFault } from './http/wire-fault.js';
import type { BadOutcome } from './journal-entries.js';
import type { SdkCall } from './vendor-call.js';
import { failureOfFault } from './vendor-failure.js';

/** The vendor answered, and not with success. Stays inside this library. */
export class RefusedCall extends Error {
  override readonly name = 'RefusedCall';
  constructor(
    readonly reply: ErrorReply,
    readonly failure: Failure,
  ) {
    super(failure.message);
  }
}

/** A call without a usable reply, as everybody needs it who keeps account of calls. */
export interface BadEnd extends BadOutcome {
  /** What the caller gets. */
  error: unknown;
  /** The same, where it is the vendor's. */
  failure: Failure | undefined;
  /** What the breaker gets. */
  ending: CallEnding;
}

/**
 * Sorts what a call threw. `isSent`: it may have left this machine. Only what shows that the service is ill counts against it: its 5xx, time-outs, broken
 * connections, garbage. Its 4xx, a cancel and our own disk do not.
 */
export function endOf({ account, signal }: SdkCall, error: unknown, isSent: boolean): BadEnd {
  const outcome = isSent ? 'unknown' : 'unsent';
  if (signal?.aborted) return ownEnd(signal.reason, 'Canceled', outcome);
  if (error instanceof RefusedCall) {
    const { failure, reply } = error;
    const { status } = reply;
    const ending = status >= 500 ? 'failure' : 'neutral';
    const billing = isOfBetween(status) ? 'unknown' : 'refused';
    return { error: failure, failure, ending, outcome: billing, code: failure.code, status };
  }
  if (error instanceof AddressRefused) {
    const code = 'INVALID_CONFIG';
    const failure = new Failure(code, `The address of ${account.vendor} is not a public one.`);
    return { error: failure, failure, ending: 'neutral', outcome: 'unsent', code, status: 0 };
  }
  if (error instanceof WireFault) {
    const failure = failureOfFault(account, error);
    const ending = error.kind === 'redirect' ? 'neutral' : 'failure';
    return { error: failure, failure, ending, outcome, code: failure.code, status: 0 };
  }
  // A complete reply of success that cannot be read: it was made, so it may well be billed.
  if (error instanceof Failure && error.code === 'API_ERROR') {
    const { code } = error;
    return { error, failure: error, ending: 'failure', outcome, code, status: 200 };
  }
  return ownEnd(error, error instanceof Failure ? error.code : 'InternalError', outcome);
}

/**
 * Statuses of who stands between us and the service (gateways, proxies, Cloudflare's 52x), and of a time limit: the
 * service itself may have done the work, and bills it.
 */
function isOfBetween(status: number): boolean {
  return [408, 502, 504, 530].includes(status) || (status >= 520 && status < 530);
}

function ownEnd(error: unknown, code: string, outcome: BadOutcome['outcome']): BadEnd {
  return { error, failure: undefined, ending: 'neutral', outcome, code, status: 0 };
}
