import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

export const CORRELATION_HEADER = 'X-Correlation-ID';

/**
 * Gives every request a correlation id: the caller's own (`X-Correlation-ID`, else `X-Request-Id`) where
 * it is harmless, a new one otherwise. It goes into the reply, the log, the job and every failure.
 */
export function correlate(request: Request, response: Response, next: NextFunction): void {
  const id = acceptedId(request.headers) ?? randomUUID();
  response.locals['correlationId'] = id;
  response.setHeader(CORRELATION_HEADER, id);
  next();
}

export function correlationOf(response: Response): string {
  return String(response.locals['correlationId'] ?? 'none');
}

/** The first of the caller's ids that can stand in a header, a log line and a file name as it is. */
export function acceptedId(headers: Request['headers']): string | undefined {
  return [headers['x-correlation-id'], headers['x-request-id']]
    .filter((given) => typeof given === 'string')
    .find((given) => /^[\w.-]{1,128}$/.test(given));
}
