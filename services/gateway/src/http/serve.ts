import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a request may take to arrive. Answers may take as long as they are read. */
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;
const KEEP_ALIVE_MS = 30_000;
/** How long downloads may still run when the server stops; they can be resumed by range. */
const DRAIN_MS = 8_000;

/** Begins to listen; gives the address as a URL without a slash at the end. */
export async function listen(server: Server, port: number, host: string): Promise<string> {
  server.headersTimeout = HEADERS_WITHIN_MS;
  server.requestTimeout = REQUEST_WITHIN_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
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
  const closing = setInterval(() => server.closeIdleConnections(), 20);
  await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })]);
  clearInterval(closing);
  server.closeAllConnections();
  await closed;
}
