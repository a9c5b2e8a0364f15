import type { Request } from 'express';

/**
 * The number that a client has seen last: the `Last-Event-ID` header of a reconnecting EventSource, or
 * `?lastEventId=` where headers cannot be set. What this job never gave counts as nothing seen.
 */
export function lastEventId(request: Pick<Request, 'headers' | 'query'>, newest: number): number {
  const given = request.headers['last-event-id'] ?? request.query['lastEventId'];
  if (typeof given !== 'string' || !/^\d{1,10}$/.test(given)) return 0;
  const seen = Number(given);
  return seen <= newest ? seen : 0;
}
