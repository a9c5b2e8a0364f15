import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { STATUS_CODES, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '@aura/failure';
import { PROBLEM_MEDIA_TYPE, toProblem } from '../problem/problem.js';
import { CORRELATION_HEADER } from './correlation.js';

/** How long a request may take to arrive, files included; see body-time.ts. Answers may take as long as they are read. */
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 3_600_000;
const KEEP_ALIVE_MS = 30_000;
/** How long downloads may still run when the server stops; they can be resumed by range. */
const DRAIN_MS = 8_000;

const STATUS_OF: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Begins to listen; gives the address as a URL without a slash at the end. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  server.headersTimeout = HEADERS_WITHIN_MS;
  server.requestTimeout = REQUEST_WITHIN_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('clientError', refuseGibberish);
  server.on('connection', (socket) => remember(server, socket));
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}

/** Stops accepting, has the streams ended, waits for what is being answered, and cuts off what takes too long. */
export async function stopServing(server: Server, endStreams: () => void): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  endStreams();
  // A connection whose last answer ends from now on would be kept for the client's next request.
  const closeIdle = () => {
    server.closeIdleConnections();
    closeSilent(server);
  };
  closeIdle();
  const closing = setInterval(closeIdle, 20);
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })]);
  clearInterval(closing);
  server.closeAllConnections();
  await closed;
}

const OPEN = new WeakMap<Server, Set<Socket>>();

function remember(server: Server, socket: Socket): void {
  const sockets = OPEN.get(server) ?? new Set();
  OPEN.set(server, sockets.add(socket));
  socket.once('close', () => sockets.delete(socket));
}

/** Connections on which nothing has been asked: to Node they are not idle, they are awaiting a request. */
function closeSilent(server: Server): void {
  for (const socket of OPEN.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
}

/** What is no HTTP, or takes too long, never reaches a route; it is a problem all the same. */
export function refuseGibberish(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const status = STATUS_OF[error.code ?? ''] ?? 400;
  const failure = new Failure('InvalidInput:request', 'The request is not valid HTTP.');
  const correlationId = randomUUID();
  const body = JSON.stringify({ ...toProblem(failure, { path: '/', correlationId }), status });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${PROBLEM_MEDIA_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `${CORRELATION_HEADER}: ${correlationId}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
