import type { FieldError } from '@aura/failure';

/** At most so many wrong fields are told; a client that gets this many wrong has a bug, not a typo. */
const MAX_FIELDS = 20;
const MAX_NAME_LENGTH = 80;

/** A member's path as `options.aspect` or `points[2]`; what a name must not hold becomes "?". */
export function fieldName(path: readonly PropertyKey[]): string {
  const name = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
    .replaceAll(/[^\w.[\]-]/g, '?')
    .slice(0, MAX_NAME_LENGTH);
  return name === '' ? 'body' : name;
}

/** The part of an issue, from any Standard Schema library, that is told; zod names unknown members in `keys`. */
export interface SchemaIssue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
  code?: string;
  keys?: readonly string[];
}

/** What a schema found wrong, one entry per field; an unknown member is named by its own path. */
export function fieldErrors(issues: readonly SchemaIssue[]): FieldError[] {
  return issues.flatMap(toFieldErrors).slice(0, MAX_FIELDS);
}

function toFieldErrors(issue: SchemaIssue): FieldError[] {
  const path = (issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part));
  if (issue.code !== 'unrecognized_keys') {
    return [{ field: fieldName(path), message: issue.message }];
  }
  return (issue.keys ?? []).map((key) => ({
    field: fieldName([...path, key]),
    message: 'is not a member of this request',
  }));
}
