import type { Response } from 'express';

/** One message; without `id` it is not part of what a client resumes from. */
export interface SseMessage {
  id?: number;
  event: string;
  data: unknown;
}

/** A reader that takes nothing for so long is cut off; it can resume with its last id. */
const STALL_LIMIT_MS = 30_000;

/**
 * The wire of one event stream. Nothing piles up behind a slow reader: while the socket is full,
 * `isReady` is false, and what has no id is left out.
 */
export class SseConnection {
  private stalledSince: number | undefined;

  constructor(
    private readonly response: Response,
    private readonly onDrain: () => void,
  ) {
    response.on('drain', () => {
      this.stalledSince = undefined;
      this.onDrain();
    });
  }

  /** Headers go out at once, with the pause that a client makes before it reconnects. */
  open(): void {
    this.response.status(200);
    this.response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
    this.response.setHeader('Cache-Control', 'no-cache, no-store, must-revalidate');
    this.response.setHeader('Transfer-Encoding', 'chunked');
    this.response.setHeader('Connection', 'keep-alive');
    this.response.setHeader('X-Accel-Buffering', 'no');
    this.response.flushHeaders();
    this.write('retry: 1000\n\n');
  }

  get isReady(): boolean {
    return !this.response.writableNeedDrain && !this.response.writableEnded;
  }

  send({ id, event, data }: SseMessage): void {
    const number = id === undefined ? '' : `id: ${id}\n`;
    this.write(`${number}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** A comment: it keeps proxies from closing the connection, and finds readers that are gone. */
  beat(now: number): void {
    if (this.isReady) this.write(': heartbeat\n\n');
    else if (now - (this.stalledSince ?? now) > STALL_LIMIT_MS) this.response.destroy();
  }

  end(): void {
    this.response.end();
  }

  private write(text: string): void {
    const hasRoom = this.response.write(text);
    if (!hasRoom) this.stalledSince ??= Date.now();
  }
}
