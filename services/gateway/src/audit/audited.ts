import type { Failure } from '@aura/failure';
import type { RequestHandler } from 'express';
import { addressIn, principalIn } from '../guard/access.js';
import { correlationOf } from '../http/correlation.js';
import type { AuditLog } from './audit-log.js';

/** Of whoever went away before he was answered; what he has asked for may be done all the same. */
const CLIENT_GONE = 499;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Notes every request of somebody known that wants something changed, with what came of it. */
export function audited(auditLog: Pick<AuditLog, 'add'>): RequestHandler {
  return (request, response, next) => {
    const principal = principalIn(response);
    if (SAFE.has(request.method) || !principal) return next();
    const { tenantId, who, role } = principal;
    const { method, path } = request;
    const address = addressIn(request);
    response.once('close', () => {
      const failure = response.locals['failure'] as Failure | undefined;
      auditLog.add({
        tenantId,
        at: new Date(),
        who,
        role,
        operation: String(response.locals['operation'] ?? ''),
        method,
        path: path.slice(0, 200),
        address,
        correlationId: correlationOf(response),
        // The status is set before the answer is known.
        status: response.writableFinished ? response.statusCode : CLIENT_GONE,
        code: failure?.code ?? null,
      });
    });
    next();
  };
}
