import type { ServerResponse } from 'node:http';
import type { Fault } from '../faults/fault.js';
import { deepJson, garbage, oddShape, PAGE } from '../faults/spoiled-bodies.js';
import type { Reply } from './call.js';

/** An endless body ends here after all, in case nobody watches. */
const MAX_ENDLESS_BYTES = 8 * 1024 ** 3;

/** Sends a reply as the fault wants it: whole, in part, for ever or not at all. Ends when the client is gone. */
export async function sendReply(
  reply: Reply,
  fault: Fault | undefined,
  response: ServerResponse,
): Promise<void> {
  const { status, headers, pieces } = wireForm(reply);
  // Faults of the transport spoil what would have been good; a refused request was refused.
  const kind = status < 400 ? fault?.kind : undefined;
  if (kind === 'lost-reply') return reset(response);
  if (kind === 'endless-body') return sendEndless(status, headers, response);
  const bytes = Buffer.concat(pieces);
  if (fault?.kind === 'hang' && status < 400) {
    return sendPart(bytes.subarray(0, fault.afterBytes ?? half(bytes)), status, headers, response);
  }
  if (fault?.kind === 'reset' && status < 400) {
    await sendPart(bytes.subarray(0, half(bytes)), status, headers, response);
    // Time for the first half to leave; a reset throws away what still waits.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return reset(response);
  }
  const isChunked = Array.isArray(reply.body);
  response.writeHead(status, isChunked ? headers : { ...headers, 'content-length': bytes.length });
  for (const piece of pieces) {
    if (!response.write(piece)) await drained(response);
  }
  response.end();
}

/** Faults that replace the body of a good reply. */
export function spoilBody(reply: Reply, fault: Fault | undefined): Reply {
  if ((reply.status ?? 200) >= 400) return reply;
  const headers = { 'content-type': 'application/json', ...reply.headers };
  if (fault?.kind === 'garbage') return { ...reply, headers, body: garbage() };
  if (fault?.kind === 'deep-json' && fault.inside !== 'content') {
    return { ...reply, headers, body: deepJson(fault.depth) };
  }
  const other = fault && otherBody(reply, fault.kind);
  if (other === undefined) return reply;
  const type = fault?.kind === 'html' ? 'text/html; charset=utf-8' : 'application/json';
  return { ...reply, headers: { ...reply.headers, 'content-type': type }, body: other };
}

/** A sound body that is not the one that was promised; undefined where the fault is another. */
function otherBody({ body }: Reply, kind: Fault['kind']): string | undefined {
  switch (kind) {
    case 'null':
      return 'null';
    case 'empty':
      return '';
    case 'html':
      return PAGE;
    case 'odd-shape':
      return JSON.stringify(oddShape(isData(body) ? body : { data: 'of another kind' }));
    default:
      return undefined;
  }
}

function isData(body: Reply['body']): boolean {
  return typeof body === 'object' && !Buffer.isBuffer(body) && !isPieces(body);
}

export function reset(response: ServerResponse): void {
  response.socket?.resetAndDestroy();
}

interface WireForm {
  status: number;
  headers: Record<string, string>;
  pieces: readonly Buffer[];
}

function wireForm({ status = 200, headers = {}, body = '' }: Reply): WireForm {
  if (isPieces(body)) return { status, headers, pieces: body };
  if (Buffer.isBuffer(body)) return { status, headers, pieces: [body] };
  const isText = typeof body === 'string';
  const bytes = Buffer.from(isText ? body : JSON.stringify(body));
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  return { status, headers: { 'content-type': type, ...headers }, pieces: [bytes] };
}

function isPieces(body: NonNullable<Reply['body']>): body is readonly Buffer[] {
  return Array.isArray(body) && body.every((piece) => Buffer.isBuffer(piece));
}

function half(bytes: Buffer): number {
  return Math.floor(bytes.length / 2);
}

async function sendPart(
  bytes: Buffer,
  status: number,
  headers: Record<string, string>,
  response: ServerResponse,
): Promise<void> {
  response.writeHead(status, headers);
  response.flushHeaders();
  if (bytes.length > 0 && !response.write(bytes)) await drained(response);
}

async function sendEndless(
  status: number,
  headers: Record<string, string>,
  response: ServerResponse,
): Promise<void> {
  const piece = Buffer.alloc(64 * 1024, ' ');
  response.writeHead(status, headers);
  for (let sent = 0; sent < MAX_ENDLESS_BYTES && !response.destroyed; sent += piece.length) {
    if (!response.write(piece)) await drained(response);
  }
  response.end();
}

/** Until more can be written, or nobody reads any more. */
function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.once('drain', go).once('close', go);
  });
}
