import { describeCauses, type Failure } from '@aura/failure';
import type { Log } from '@aura/telemetry';
import type { NextFunction, Request, Response } from 'express';
import { correlationOf } from './correlation.js';

const QUIET = /^\/(health|ping|docs)\b/;

/** One line per request, when it has been answered or given up. */
export function requestLog(log: Log) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const startedAt = performance.now();
    // A link that is shared is as good as a key.
    const path = request.path.slice(0, 200).replace(/^(\/api\/shared\/).*/, '$1…');
    response.once('close', () => {
      const failure = response.locals['failure'] as Failure | undefined;
      const isServerFault = response.statusCode >= 500;
      const fields = {
        correlationId: correlationOf(response),
        method: request.method,
        path,
        status: response.statusCode,
        tookMs: Math.round(performance.now() - startedAt),
        finished: response.writableFinished,
        ...(failure ? { code: failure.code } : {}),
        ...(failure && isServerFault ? { causes: describeCauses(failure) } : {}),
        // A mistake of ours is found by its stack.
        ...(failure?.entry.fault === 'aura' ? { err: failure.cause ?? failure } : {}),
      };
      if (QUIET.test(path)) log.debug(fields, 'request answered');
      else if (isServerFault) log.error(fields, 'request failed');
      else log.info(fields, 'request answered');
    });
    next();
  };
}
