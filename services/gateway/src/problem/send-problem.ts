import type { Failure } from '@aura/failure';
import type { Request, Response } from 'express';
import { correlationOf } from '../http/correlation.js';
import { PROBLEM_MEDIA_TYPE, toProblem } from './problem.js';

const RETRY_AFTER_MS = 2_000;

/**
 * Answers with a failure, and with members of its own kind where there are any (RFC 9457, 3.2). Where an answer has begun
 * already, cutting it off is all that can be said.
 */
export function sendProblem(
  request: Request,
  response: Response,
  failure: Failure,
  more: object = {},
): void {
  response.locals['failure'] = failure;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const problem = toProblem(failure, {
    path: request.path,
    correlationId: correlationOf(response),
  });
  if (problem.status === 503 || failure.retryAfterMs !== undefined) {
    const waitMs = failure.retryAfterMs ?? RETRY_AFTER_MS;
    response.setHeader('Retry-After', String(Math.ceil(waitMs / 1_000)));
  }
  if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="aura"');
  response
    .status(problem.status)
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify({ ...more, ...problem }));
}
