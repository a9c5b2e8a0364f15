import { entryOf, type FailureCode } from '@aura/failure';
import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiParam, ApiResponse } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from '../problem/problem.js';

/** The id of a job in the path of every route of a class or of one method. */
export function ApiJobId(): MethodDecorator & ClassDecorator {
  return ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
}

/** The key by which a request that is sent again gives what it gave before. */
export function ApiIdempotencyKey(): MethodDecorator & ClassDecorator {
  return ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Sent again with the same body within a day it gives the same job.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  });
}

/** The failures that a route answers with on its own account, by their codes; grouped by status. */
export function ApiProblems(...codes: FailureCode[]): MethodDecorator & ClassDecorator {
  const statuses = new Set(codes.map(statusOf));
  return applyDecorators(
    ...[...statuses].map((status) =>
      ApiResponse({
        status,
        description: codes
          .filter((code) => statusOf(code) === status)
          .map((code) => code.replace(/:.*/, ''))
          .join(', '),
        content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
      }),
    ),
  );
}

/** A row of many codes (`InvalidInput:`) stands for any of them. */
function statusOf(code: FailureCode): number {
  return entryOf(code.endsWith(':') ? `${code}any` : code).status;
}
