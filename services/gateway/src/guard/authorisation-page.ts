import type { OpenAPIObject } from '@nestjs/swagger';
import { OPERATIONS, type Rule } from './operations.js';
import { isAtLeast, ROLES } from './principal.js';

/** An operation of the OpenAPI document. */
export interface Operation {
  method: string;
  path: string;
  operationId: string;
}

export function operationsOf(document: Pick<OpenAPIObject, 'paths'>): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, { operationId?: string }>).map(
      ([method, { operationId = '' }]) => ({ method: method.toUpperCase(), path, operationId }),
    ),
  );
}

/** Whether what a path names is of one tenant. */
export function isOfTenant(path: string): boolean {
  return /^\/api\/\w+\/\{id\}/.test(path);
}

/** Who may do what, as Markdown: one row per operation. Errors: an operation that has no rule. Pure. */
export function authorisationPage(document: Pick<OpenAPIObject, 'paths'>): string {
  const operations = operationsOf(document).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const rows = operations.map((operation) => {
    const rule = OPERATIONS[operation.operationId];
    if (!rule) throw new Error(`${operation.operationId} has no row in guard/operations.ts`);
    return `| ${cellsOf(operation, rule).join(' | ')} |`;
  });
  return [INTRODUCTION, '', HEAD, ...rows, ''].join('\n');
}

function cellsOf({ method, path, operationId }: Operation, rule: Rule): string[] {
  const what = [`\`${method} ${path}\``, `\`${operationId}\``];
  if (rule === 'everybody') return [...what, '', 'yes', 'yes', ...ROLES.map(() => 'yes')];
  const roles = ROLES.map((role) => (isAtLeast(role, rule.role) ? 'yes' : '403'));
  return [...what, `\`${rule.scope}\``, '401', isOfTenant(path) ? '404' : 'its own', ...roles];
}

const INTRODUCTION = `# Who may do what

Each operation, with the scope that a limited key needs for it, and what is answered to whom. “Another tenant” is the
owner of one: what is not his does not exist for him, and lists hold his own alone. See [security.md](security.md).

This page is generated from the routes and \`services/gateway/src/guard/operations.ts\` by \`npm run gen\`. A test sends
every one of these requests and holds the answers to it.`;

const HEAD = `| request | operation | scope | without a key | another tenant | ${ROLES.join(' | ')} |
| --- | --- | --- | --- | --- | ${ROLES.map(() => '---').join(' | ')} |`;
