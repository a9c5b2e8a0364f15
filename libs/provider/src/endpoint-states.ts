import { Failure } from '@aura/failure';
import type { Account } from './account.js';
import {
  admit,
  CLOSED,
  settle,
  waitMs,
  type Admission,
  type Breaker,
  type CallEnding,
} from './breaker.js';
import type { EndpointHealth } from './vendors.js';

interface State extends Omit<EndpointHealth, 'breaker' | 'opensAtMs'> {
  breaker: Breaker;
  /** The newest failure that has counted against it: what has opened the breaker, where it is open. */
  lastFault: Failure | undefined;
}

/** The breaker and the figures of every endpoint of every account, in this process. */
export class EndpointStates {
  private readonly states = new Map<string, State>();

  constructor(private readonly now: () => number) {}

  /** Lets a call through. Errors: CIRCUIT_OPEN. Every admission must be settled. */
  admit(account: Account, endpoint: string): Admission {
    const state = this.stateOf(account, endpoint);
    const { breaker, admission } = admit(state.breaker, this.now());
    state.breaker = breaker;
    if (admission) return admission;
    const seconds = Math.ceil(waitMs(breaker, this.now()) / 1_000);
    throw new Failure('CIRCUIT_OPEN', leftAlone(account.vendor, state.lastFault), {
      details: `${account.vendor} ${endpoint}: next trial in ${seconds} s`,
      cause: state.lastFault,
    });
  }

  settle(
    { account, endpoint, admission }: { account: Account; endpoint: string; admission: Admission },
    ending: CallEnding,
    failure: Failure | undefined,
  ): void {
    const state = this.stateOf(account, endpoint);
    const nowMs = this.now();
    state.breaker = settle(state.breaker, { admission, ending, nowMs });
    state.calls += 1;
    if (ending === 'failure') {
      state.failures += 1;
      state.lastFault = failure;
    }
    if (failure) {
      state.lastFailure = { code: failure.code, message: failure.message, atMs: nowMs };
    }
  }

  all(): EndpointHealth[] {
    return [...this.states.values()].map(toldOf);
  }

  private stateOf({ id, vendor }: Account, endpoint: string): State {
    const name = `${id} ${endpoint}`;
    const found = this.states.get(name);
    if (found) return found;
    const counts = { calls: 0, failures: 0, lastFailure: undefined, lastFault: undefined };
    const made: State = { vendor, accountId: id, endpoint, breaker: CLOSED, ...counts };
    this.states.set(name, made);
    return made;
  }
}

/** What users read: that nobody is asked is only the consequence. */
function leftAlone(vendor: string, fault: Failure | undefined): string {
  const why = fault ? `: ${fault.message.replace(/\.$/, '')} (${fault.code})` : '';
  return `${vendor} failed several times and is left alone for a minute${why}.`;
}

function toldOf({ breaker, ...state }: State): EndpointHealth {
  const { lastFault: _, ...told } = state;
  const opensAtMs = breaker.state === 'open' ? breaker.untilMs : undefined;
  return { ...told, breaker: breaker.state, opensAtMs };
}
