import { createHash } from 'node:crypto';

/**
 * What decides the outcome of one piece of work, and nothing else: no run id, no worker, no time.
 * `recipe` is bumped by hand whenever our own code changes what comes out.
 */
export interface UnitInputs {
  tenant: string;
  unit: string;
  provider: string;
  recipe: number;
  inputs: unknown;
  take?: number;
}

/** sha256 over canonical JSON: the order of members changes nothing, every value does. */
export function unitKey({ take = 1, ...inputs }: UnitInputs): string {
  return createHash('sha256')
    .update(canonicalJson({ ...inputs, take }))
    .digest('hex');
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
