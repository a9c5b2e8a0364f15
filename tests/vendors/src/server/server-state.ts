import { Bill } from '../bill.js';
import { FaultScript } from '../faults/fault-script.js';
import type { RecordedRequest, Reply } from './call.js';

/** What one server keeps between requests. */
export interface ServerState {
  bill: Bill;
  script: FaultScript;
  requests: RecordedRequest[];
  /** Replies by idempotency key, of vendors that honour it. */
  answered: Map<string, Promise<Reply>>;
  /** Requests that are worked on now, and the most that ever were. */
  atOnce: number;
  busiest: number;
}

export function newState(): ServerState {
  return {
    bill: new Bill(),
    script: new FaultScript(),
    requests: [],
    answered: new Map(),
    atOnce: 0,
    busiest: 0,
  };
}

/** Back to a server that nobody has called yet. */
export function forget(state: ServerState): void {
  state.bill.clear();
  state.script.set([]);
  state.requests.length = 0;
  state.answered.clear();
  state.busiest = 0;
}
