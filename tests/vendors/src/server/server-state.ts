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
}

export function newState(): ServerState {
  return { bill: new Bill(), script: new FaultScript(), requests: [], answered: new Map() };
}

/** Back to a server that nobody has called yet. */
export function forget(state: ServerState): void {
  state.bill.clear();
  state.script.set([]);
  state.requests.length = 0;
  state.answered.clear();
}
