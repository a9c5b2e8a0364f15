import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Bill, Charge } from '../bill.js';
import type { Fault, FaultKind } from '../faults/fault.js';

/** A request as it came over the wire. */
export interface RecordedRequest {
  /** Milliseconds since 1970. */
  at: number;
  method: string;
  /** As sent, with the query. */
  url: string;
  path: string;
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** The body as text; bytes that are no UTF-8 are replaced. */
  text: string;
  /** The body parsed; undefined where it is no JSON. */
  json: unknown;
  /** The status of the reply; 0 where none was sent (yet). */
  status: number;
  /** Which fault struck. */
  fault?: FaultKind;
}

/** What a route gets to answer with. */
export interface Call {
  request: RecordedRequest;
  /** `{name}` parts of the route's path. */
  params: Record<string, string>;
  requestId: string;
  /** The fault whose content the vendor itself must spoil; those of transport are applied to its reply. */
  fault: Fault | undefined;
  /** The request is accepted: from here on it costs. */
  charge: (charge: Charge) => void;
  /** Aborted when the client is gone or the server closes. */
  signal: AbortSignal;
}

export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  /** Objects are sent as JSON; a list of buffers is sent in pieces (chunked). */
  body?: Buffer | string | readonly Buffer[] | object;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/v1/models/{id}`; a part does not cross a slash, `{name*}` at the end does. */
  path: string;
  handle: (call: Call) => Reply | Promise<Reply>;
}

/** The reply to a request that the vendor does not accept. Thrown by checks. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(readonly reply: Reply) {
    super(`refused with ${reply.status ?? 200}`);
  }
}

/** How a vendor says that something went wrong, in its own words. */
export type Trouble = Extract<
  Fault,
  { kind: 'rate-limit' | 'status' | 'unauthorized' | 'no-money' | 'model-missing' }
>;

/** One vendor's behaviour, made anew for each server. */
export interface VendorBehaviour {
  routes: readonly Route[];
  /** Errors: Refusal. Called before every route. */
  authorize?: (call: Call) => void;
  /** Headers on every reply, errors included. */
  headers?: (call: Call) => Record<string, string>;
  trouble: (trouble: Trouble, call: Call) => Reply;
  /** No route fits. */
  notFound: (call: Call) => Reply;
  /** Answers equal Idempotency-Key headers once. */
  honoursIdempotencyKeys?: boolean;
  /** Waits for `workMs` and fails at its work by itself. */
  worksItself?: boolean;
  /** Takes over a connection that asks for an upgrade (WebSocket). */
  upgrade?: (request: IncomingMessage, socket: Duplex) => void;
}

export interface VendorContext {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  origin: () => string;
  key: string;
  bill: Bill;
  options: VendorOptions;
}

export interface VendorOptions {
  /** 0 or absent: any free one. */
  port?: number;
  /** What the vendor accepts as credential; absent: a made-up key of its format. */
  key?: string;
  /** How long an accepted request is worked on before the first byte. */
  workMs?: number;
  /** More requests than these at the same time get 429. */
  maxAtOnce?: number;
  /** Names that exist, instead of the vendor's usual ones. */
  models?: readonly string[];
  /** Answer equal Idempotency-Key headers with the first reply, free of charge; absent: as the vendor does. */
  idempotencyKeys?: boolean;
  /** Ollama: the first call of each model takes this much longer. */
  loadMs?: number;
  /** Piper: the paths of releases up to 1.4 or of later ones; absent: both. */
  piperRelease?: 'old' | 'new';
  /** ElevenLabs: characters that may still be spoken. */
  charactersLeft?: number;
  /** Pexels, Pixabay: requests left before 429. */
  requestsLeft?: number;
}
