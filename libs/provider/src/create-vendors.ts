import { Failure } from '@aura/failure';
import { DEFAULT_TIMEOUTS, outgoingOf, outgoingOfSdk } from './call-request.js';
import { checkJson, checkObject, isJson } from './call-reply.js';
import { EndpointStates } from './endpoint-states.js';
import { Pools } from './http/pools.js';
import { Line } from './line.js';
import { probe } from './probe.js';
import type { Reply, SdkCall } from './vendor-call.js';
import { unreadable } from './vendor-failure.js';
import type { Vendors, VendorsDeps } from './vendors.js';

/** All calls to vendors of one process. See `Vendors`. */
export function createVendors(deps: VendorsDeps = {}): Vendors {
  const now = deps.now ?? Date.now;
  const timeouts = deps.timeouts ?? DEFAULT_TIMEOUTS;
  const states = new EndpointStates(now);
  const pools = new Pools(deps);
  const line = new Line({ ...deps, now, states, pools });
  return {
    callVendor: async (call) => line.make(call, await outgoingOf(call), { saveTo: call.saveTo }),
    callSdk: (call, use) => callSdk(line, call, use),
    probe: (account, options) => probe(line, account, options),
    terms: (vendor, model) => ({
      price: deps.prices?.listed(vendor, model),
      totalMs: timeouts.perVendor[vendor] ?? timeouts.defaultMs,
    }),
    health: () => states.all(),
    close: () => pools.close(),
  };
}

/**
 * SDKs wrap what their fetch throws, and some lose it on the way (the one of OpenAI makes an error without a cause
 * of whatever says "timed out"). So what was thrown is kept here and thrown again in the place of the wrapping.
 */
async function callSdk<T>(
  line: Line,
  call: SdkCall,
  use: (fetch: typeof globalThis.fetch) => Promise<T>,
): Promise<T> {
  const { mediaTypes = ['application/json'] } = call;
  const check = mediaTypes.every(isJson) ? checkObject : checkJson;
  let met: { error: unknown } | undefined;
  let isAnswered = false;
  try {
    const fetch: typeof globalThis.fetch = async (input, init) => {
      met = undefined;
      try {
        const signals = [call.signal, init?.signal].filter((signal) => signal != null);
        const outgoing = await outgoingOfSdk(call.account, input, init);
        const made = { ...call, mediaTypes, signal: AbortSignal.any(signals) };
        const response = responseOf(await line.make(made, outgoing, { check }));
        isAnswered = true;
        return response;
      } catch (error) {
        met = { error };
        throw error;
      }
    };
    // SDKs look here for the class that understands forms, and else find out by a request of their own.
    return await use(Object.assign(fetch, { Response }));
  } catch (error) {
    call.signal?.throwIfAborted();
    if (error instanceof Failure) throw error;
    if (met) throw met.error;
    // It stumbled over the reply itself: the vendor's fault, and the next of the chain's turn.
    if (isAnswered) throw unreadable(call.account, 'its SDK makes nothing of it');
    throw error;
  }
}

/** The reply as a standard Response, complete: nothing can break while the SDK reads it. */
function responseOf({ status, headers, bytes }: Reply): Response {
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_WIRE.has(name));
  const hasBody = status !== 204 && status !== 205;
  return new Response(hasBody ? new Uint8Array(bytes) : null, { status, headers: kept });
}

/** What no longer holds for a body that has been read and unpacked. */
const OF_THE_WIRE = new Set(['content-encoding', 'content-length', 'transfer-encoding']);
