import { Failure } from '@aura/failure';
import type { Request } from 'express';

/**
 * The number that a client has seen last: the `Last-Event-ID` header of a reconnecting EventSource, or
 * `?lastEventId=` where headers cannot be set. A number that this job never gave counts as nothing seen.
 * What is no number comes from no stream of ours, and no EventSource makes it up: who sends it has a
 * mistake, which a replay from the start would hide.
 * Errors: InvalidInput naming the header or the parameter.
 */
export function lastEventId(request: Pick<Request, 'headers' | 'query'>, newest: number): number {
  const header = request.headers['last-event-id'];
  if (header) return seen('Last-Event-ID', header, newest);
  return seen('lastEventId', request.query['lastEventId'] ?? '', newest);
}

function seen(field: 'Last-Event-ID' | 'lastEventId', given: unknown, newest: number): number {
  if (given === '') return 0; // an EventSource that has got no id yet
  if (typeof given !== 'string' || !/^\d+$/.test(given)) {
    const message = 'must be the whole number that the last message carried as its id';
    throw new Failure(`InvalidInput:${field}`, `${field} ${message}.`, {
      fields: [{ field, message }],
    });
  }
  return Number(given) <= newest ? Number(given) : 0;
}
