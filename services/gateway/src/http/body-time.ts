import type { NextFunction, Request, Response } from 'express';
import { refuseGibberish } from './serve.js';

/** How long the body of a request may take to arrive. */
const BODY_WITHIN_MS = 30_000;
/** A client that sends nothing of its file for so long is gone. */
const UPLOAD_SILENCE_MS = 30_000;

/** Whether the body is a file, which goes to disk as it comes; all other bodies are read whole, as JSON. */
export function isUpload({ method, url = '' }: { method?: string; url?: string }): boolean {
  return method === 'POST' && /^\/api\/assets\/?(?:\?|$)/i.test(url);
}

/** Refuses a body that does not come: a file may take long as long as it goes on, everything else is small. */
export function bodyInTime(request: Request, _response: Response, next: NextFunction): void {
  if (isUpload(request)) {
    const { socket } = request;
    const giveUp = () => socket.destroy();
    socket.setTimeout(UPLOAD_SILENCE_MS, giveUp);
    request.once('close', () => {
      socket.off('timeout', giveUp);
      socket.setTimeout(0);
    });
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    const timer = setTimeout(() => {
      const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      if (!request.complete) refuseGibberish(late, request.socket);
    }, BODY_WITHIN_MS).unref();
    request.once('close', () => clearTimeout(timer));
  }
  next();
}
