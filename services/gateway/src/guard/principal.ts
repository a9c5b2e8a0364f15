import { AsyncLocalStorage } from 'node:async_hooks';

/** From the least to the most that may be done. */
export const ROLES = ['read-only', 'member', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** What a key may be limited to, below its role. */
export const SCOPES = [
  'jobs:read',
  'jobs:write',
  'assets:read',
  'assets:write',
  'catalog:read',
  'catalog:write',
  'admin:read',
  'admin:write',
] as const;
export type Scope = (typeof SCOPES)[number];

/** On whose behalf a request is answered. */
export interface Principal {
  tenantId: string;
  role: Role;
  /** Empty for no limit. */
  scopes: readonly Scope[];
  /** Which key it is, where it is one of the table. */
  keyId: string | undefined;
  /** When the key ends; absent for one that does not. */
  expiresAt?: Date;
  /** What the audit log and limits know it by; never a secret. */
  who: string;
}

/** Whoever has `role` may do what is for `least`. */
export function isAtLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}

const acting = new AsyncLocalStorage<Principal>();

/** Does something on somebody's behalf, with all that it waits for. */
export function actAs<T>(principal: Principal, work: () => T): T {
  return acting.run(principal, work);
}

/** On behalf of which tenant this runs; undefined outside of a request that needs to say so. */
export function tenantHere(): string | undefined {
  return acting.getStore()?.tenantId;
}

/** The name of a key, among those of all tenants, that this runs for; undefined for who needs none. */
export function keyHere(): string | undefined {
  const principal = acting.getStore();
  return principal && principal.who !== THIS_MACHINE ? keyNameOf(principal) : undefined;
}

export function keyNameOf({ tenantId, who }: Principal): string {
  return `${tenantId} ${who}`;
}

/** Who calls without a key. */
export const THIS_MACHINE = 'this machine';

/** Errors: where nobody is known nothing is done. */
export function currentPrincipal(): Principal {
  const principal = acting.getStore();
  if (!principal) throw new Error('nobody is known on whose behalf this is done');
  return principal;
}

/**
 * Gives the parts that requests work with the tenant of the request that is being answered: the one place where it is
 * decided whose rows are seen. Read it while a request is answered, not before.
 */
export function forCallersTenant<T extends object>(parts: T): T & { readonly tenantId: string } {
  return Object.defineProperty({ ...parts } as T & { readonly tenantId: string }, 'tenantId', {
    get: () => currentPrincipal().tenantId,
    enumerable: true,
  });
}
