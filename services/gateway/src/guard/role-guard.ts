import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Failure } from '@aura/failure';
import type { Response } from 'express';
import { principalIn } from './access.js';
import { operationOf } from './operation-of.js';
import { OPERATIONS, type Rule } from './operations.js';
import { isAtLeast, type Principal } from './principal.js';

/** Lets pass who may do what is asked for. Errors: Unauthorized, NotAllowed. */
export class RoleGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const operation = operationOf(context.getHandler());
    // Pages of the documentation are no operations, and hold nothing of anybody.
    if (operation === undefined) return true;
    const response = context.switchToHttp().getResponse<Response>();
    // For the audit log, whatever comes of it.
    response.locals['operation'] = operation;
    const refused = refusal(principalIn(response), OPERATIONS[operation] ?? NOBODY_ELSE);
    if (refused) throw refused;
    return true;
  }
}

const NOBODY_ELSE: Rule = { role: 'owner', scope: 'admin:write' };

/** Why somebody may not do something; undefined where he may. Pure. */
export function refusal(principal: Principal | undefined, rule: Rule): Failure | undefined {
  if (rule === 'everybody') return undefined;
  if (!principal) return new Failure('Unauthorized', 'The API key is missing or wrong.');
  const { role, scopes } = principal;
  if (!isAtLeast(role, rule.role)) {
    return new Failure(
      'NotAllowed',
      `This is for the role ${rule.role} or above; the key has the role ${role}.`,
    );
  }
  if (scopes.length > 0 && !scopes.includes(rule.scope)) {
    return new Failure(
      'NotAllowed',
      `This needs the scope ${rule.scope}, which the key does not have.`,
    );
  }
  return undefined;
}
