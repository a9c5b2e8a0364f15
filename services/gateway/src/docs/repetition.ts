import { entryOf } from '@aura/failure';
import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from '../problem/problem.js';
import { REPEATS } from '../repeat/repeats.js';

const UNSAFE = ['post', 'put', 'patch', 'delete'] as const;
const KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Sent again with the same content within a day it does nothing more and gives the same answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;
const PROBLEMS = ['IdempotencyKeyReused', 'IdempotencyKeyInUse'] as const;

type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;

/** Says of every route that changes something that its requests may be sent again. */
export function describeRepetition(document: OpenAPIObject): void {
  for (const [path, item] of Object.entries(document.paths)) {
    if (!path.startsWith('/api/')) continue;
    for (const method of UNSAFE) if (item[method]) describe(item[method]);
  }
}

function describe(operation: Operation): void {
  // What a route says of itself is for us.
  const how = takeExtension(operation);
  if (how !== undefined) return;
  operation.parameters = [...(operation.parameters ?? []), KEY];
  for (const code of PROBLEMS) {
    const { status } = entryOf(code);
    const before = operation.responses[status];
    const told = before && 'description' in before ? [before.description] : [];
    operation.responses[status] = {
      description: [...told, code].join(', '),
      content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
    };
  }
}

function takeExtension(operation: Operation): unknown {
  const how: unknown = Reflect.get(operation, REPEATS);
  Reflect.deleteProperty(operation, REPEATS);
  return how;
}
