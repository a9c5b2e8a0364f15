import { entryOf, type FailureCode } from '@aura/failure';
import { applyDecorators } from '@nestjs/common';
import { ApiParam, ApiResponse } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from '../problem/problem.js';

/** The id of a job in the path of every route of a class or of one method. */
export function ApiJobId(): MethodDecorator & ClassDecorator {
  return ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });
}

/** The failures that a route answers with on its own account, by their codes; grouped by status. */
export function ApiProblems(...codes: FailureCode[]): MethodDecorator & ClassDecorator {
  const statuses = new Set(codes.map((code) => entryOf(code).status));
  return applyDecorators(
    ...[...statuses].map((status) =>
      ApiResponse({
        status,
        description: codes
          .filter((code) => entryOf(code).status === status)
          .map((code) => code.replace(/:.*/, ''))
          .join(', '),
        content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
      }),
    ),
  );
}
