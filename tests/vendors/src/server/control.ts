import { readFaults } from '../faults/fault.js';
import type { RecordedRequest, Reply } from './call.js';
import { forget, type ServerState } from './server-state.js';

/**
 * The server's own addresses, for tests in other processes and for demos: `PUT /__faults` (a list of faults),
 * `GET /__bill`, `GET /__requests`, `POST /__reset`. Undefined where the request is the vendor's.
 */
export function controlReply(request: RecordedRequest, state: ServerState): Reply | undefined {
  switch (`${request.method} ${request.path}`) {
    case 'PUT /__faults':
      return setFaults(request.json, state);
    case 'GET /__bill':
      return { body: state.bill.statement() };
    case 'GET /__requests':
      return { body: { requests: state.requests, busiest: state.busiest } };
    case 'POST /__reset':
      forget(state);
      return { status: 204 };
    default:
      return request.path.startsWith('/__') ? { status: 404 } : undefined;
  }
}

function setFaults(value: unknown, state: ServerState): Reply {
  try {
    const faults = readFaults(value);
    state.script.set(faults);
    return { body: { faults: faults.length } };
  } catch (error) {
    return { status: 400, body: { error: (error as Error).message } };
  }
}
