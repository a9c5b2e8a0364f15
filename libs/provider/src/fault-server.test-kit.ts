import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

/** A server on loopback that answers as the test says, and remembers what it was asked. */
export class FaultServer {
  readonly seen: SeenRequest[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    public answer: Answer,
  ) {}

  static async start(answer: Answer = json({ ok: true })): Promise<FaultServer> {
    const server = createServer((request, response) => void held.handle(request, response));
    const held = new FaultServer(server, answer);
    server.on('connection', (socket) => {
      held.sockets.add(socket);
      socket.on('close', () => held.sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return held;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.sockets.size;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const seen = { method, url, headers, body: Buffer.concat(chunks) };
    this.seen.push(seen);
    await this.answer(response, seen);
  }
}

/** A complete JSON reply. */
export function json(
  body: unknown,
  status = 200,
  headers: Record<string, string | number> = {},
): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
}

/** A head and some of the body, and then nothing more. */
export const hangInTheBody: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
  response.write('{"half":');
};

/** Nothing at all. */
export const hang: Answer = () => undefined;

/** The connection is cut, before anything or in the middle of the body. */
export const reset: Answer = (response) => void response.socket?.resetAndDestroy();

export const cutShort: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
  response.write('{"half":', () => response.socket?.destroy());
};

/** A body that never ends, sent as fast as it is taken. */
export const endless: Answer = (response) => {
  const chunk = Buffer.alloc(64 * 1024, 0x20);
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  const pour = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', pour).on('error', () => undefined);
  pour();
};
