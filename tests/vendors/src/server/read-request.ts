import type { IncomingMessage } from 'node:http';
import type { RecordedRequest } from './call.js';

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Reads a request to its end. Errors: an Error where the body is too large or the client is gone. */
export async function readRequest(incoming: IncomingMessage): Promise<RecordedRequest> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of incoming as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('The body is too large.');
    pieces.push(piece);
  }
  const url = incoming.url ?? '/';
  const { pathname, searchParams } = new URL(url, 'http://localhost');
  const text = Buffer.concat(pieces).toString('utf8');
  return {
    at: Date.now(),
    method: incoming.method ?? 'GET',
    url,
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: headersOf(incoming),
    text,
    json: parsed(text),
    status: 0,
  };
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
  );
}

function parsed(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
