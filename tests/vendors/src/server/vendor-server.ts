import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BillStatement, Charge } from '../bill.js';
import type { Fault, FaultKind } from '../faults/fault.js';
import {
  Refusal,
  type Call,
  type RecordedRequest,
  type Reply,
  type Route,
  type VendorBehaviour,
  type VendorContext,
  type VendorOptions,
} from './call.js';
import { controlReply } from './control.js';
import { forget, newState, type ServerState } from './server-state.js';
import { matchRoute } from './match-route.js';
import { readRequest } from './read-request.js';
import { reset, sendReply, spoilBody } from './send-reply.js';

export interface VendorServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** The credential that it accepts; empty where the vendor asks for none. */
  readonly key: string;
  /** Replaces the fault script; the n-th call is counted from now. */
  faults(faults: readonly Fault[]): void;
  /** What was accepted so far. */
  bill(): BillStatement;
  /** Every request so far, in order of arrival, control requests left out. */
  requests(): readonly RecordedRequest[];
  /** The most requests that were worked on at the same time. */
  busiest(): number;
  /** Forgets faults, bill and requests. */
  reset(): void;
  /** Ends all connections, hanging ones too. */
  close(): Promise<void>;
}

/** A server on loopback that behaves as `create` says and goes wrong as its fault script says. */
export async function startServer(
  create: (context: VendorContext) => VendorBehaviour,
  { key, options }: { key: string; options: VendorOptions },
): Promise<VendorServer> {
  const state = newState();
  const server = createServer({ keepAliveTimeout: 60_000 });
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const behaviour = create({ origin, key, bill: state.bill, options });
  server.on('request', (incoming, response) => {
    serve({ behaviour, options, state, incoming, response }).catch((error: unknown) => {
      // A client that has left is no news; anything else is a fault of this server.
      if (!response.destroyed) console.error(error);
      reset(response);
    });
  });
  if (behaviour.upgrade) server.on('upgrade', behaviour.upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: origin(),
    key,
    faults: (faults) => state.script.set(faults),
    bill: () => state.bill.statement(),
    requests: () => [...state.requests],
    busiest: () => state.busiest,
    reset: () => forget(state),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Exchange {
  behaviour: VendorBehaviour;
  options: VendorOptions;
  state: ServerState;
  incoming: IncomingMessage;
  response: ServerResponse;
}

async function serve(exchange: Exchange): Promise<void> {
  const { behaviour, state, incoming, response } = exchange;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const request = await readRequest(incoming);
  const control = controlReply(request, state);
  if (control) return sendReply(control, undefined, response);

  state.requests.push(request);
  const fault = state.script.next(request);
  if (fault) request.fault = fault.kind;
  if (fault?.kind === 'reset' && fault.when === 'before') return reset(response);
  if (fault?.kind === 'slow') await sleep(fault.firstByteMs, undefined, { signal: gone.signal });
  const call: Call = {
    request,
    params: {},
    requestId: `req_${randomBytes(16).toString('hex')}`,
    fault,
    charge: () => undefined,
    signal: gone.signal,
  };
  const answered = await answerInTurn(exchange, call);
  const reply = spoilBody(answered, fault);
  request.status = fault?.kind === 'lost-reply' ? 0 : (reply.status ?? 200);
  await sendReply(
    { ...reply, headers: { ...behaviour.headers?.(call), ...reply.headers } },
    fault,
    response,
  );
}

/** Counts how many are worked on; where that is limited, the next is told to come later. */
async function answerInTurn(exchange: Exchange, call: Call): Promise<Reply> {
  const { behaviour, options, state } = exchange;
  state.atOnce += 1;
  state.busiest = Math.max(state.busiest, state.atOnce);
  try {
    const isTooMany = state.atOnce > (options.maxAtOnce ?? Infinity);
    return isTooMany
      ? behaviour.trouble({ kind: 'rate-limit' }, call)
      : await answer(exchange, call);
  } finally {
    state.atOnce -= 1;
  }
}

async function answer(exchange: Exchange, call: Call): Promise<Reply> {
  const { behaviour, state } = exchange;
  const { request, fault } = call;
  const { match } = matchRoute(behaviour.routes, request.method, request.path);
  if (!match) return behaviour.notFound(call);
  call.params = match.params;
  if (isTrouble(fault)) return behaviour.trouble(fault, call);
  try {
    behaviour.authorize?.(call);
    const key = request.headers['idempotency-key'];
    const honoursKeys = exchange.options.idempotencyKeys ?? behaviour.honoursIdempotencyKeys;
    if (!key || !honoursKeys || request.method === 'GET') {
      return await work(exchange, call, match.route);
    }
    const slot = createHash('sha256')
      .update(`${key}\n${request.path}\n${request.text}`)
      .digest('hex');
    const reply = state.answered.get(slot) ?? work(exchange, call, match.route);
    state.answered.set(slot, reply);
    reply.catch(() => state.answered.delete(slot));
    return await reply;
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

async function work(
  { behaviour, state, options }: Exchange,
  call: Call,
  route: Route,
): Promise<Reply> {
  let isAccepted = false;
  const idempotencyKey = call.request.headers['idempotency-key'];
  call.charge = (charge: Charge) => {
    isAccepted = true;
    const { requestId } = call;
    const entry = { ...charge, at: Date.now(), requestId, route: `${route.method} ${route.path}` };
    state.bill.add(idempotencyKey ? { ...entry, idempotencyKey } : entry);
  };
  const reply = await route.handle(call);
  if (!isAccepted || behaviour.worksItself) return reply;
  if (options.workMs) await sleep(options.workMs, undefined, { ref: false });
  if (call.fault?.kind !== 'work-fails') return reply;
  return behaviour.trouble({ kind: 'status', status: 500 }, call);
}

const TROUBLES: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'rate-limit',
  'status',
  'unauthorized',
  'no-money',
  'model-missing',
]);

function isTrouble(fault: Fault | undefined): fault is Parameters<VendorBehaviour['trouble']>[0] {
  return fault !== undefined && TROUBLES.has(fault.kind);
}
