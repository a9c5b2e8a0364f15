import { isPassing } from '@aura/database';
import { entryOf, Failure, type FailureCode } from '@aura/failure';
import { HttpException } from '@nestjs/common';

/** Any thing thrown while a request is answered as a Failure. What nobody foresaw is an `InternalError`. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (isDatabaseDown(error)) {
    return new Failure('DatabaseUnavailable', 'The database does not answer at the moment.', {
      cause: error,
    });
  }
  const status = statusOf(error);
  if (status === undefined || status >= 500) return internal(error);
  const code = CODE_OF_STATUS[status] ?? 'InvalidInput:request';
  return new Failure(code, entryOf(code).cause, { cause: error });
}

/** Statuses that Nest, Express and its body parser refuse a request with. */
const CODE_OF_STATUS: Record<number, FailureCode> = {
  401: 'Unauthorized',
  404: 'RouteNotFound',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  416: 'RangeNotSatisfiable',
};

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  return typeof error.status === 'number' && error.status >= 400 ? error.status : undefined;
}

/** A server that was killed says nothing more, so the driver's own words are all there is to go by. */
function isDatabaseDown(error: unknown): boolean {
  return isPassing(error) || (error instanceof Error && BROKEN.test(error.message));
}

const BROKEN = /^(Connection terminated|timeout exceeded when trying to connect)/;

function internal(error: unknown): Failure {
  return new Failure('InternalError', 'Something went wrong inside Aura.', { cause: error });
}
