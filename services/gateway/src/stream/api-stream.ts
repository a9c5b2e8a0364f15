import { applyDecorators } from '@nestjs/common';
import {
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
} from '@nestjs/swagger';
import { ApiProblems } from '../docs/decorators.js';
import { streamMessageSchema } from './stream-schema.js';

/** Describes a route that streams what happens to a job. */
export function ApiStream(operationId: string, summary: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      summary,
      operationId,
      description:
        'Messages named progress, stage-complete, and one of done or error, after which the stream ends. ' +
        'Durable messages carry an id; send the last one back to resume without a gap, at any gateway. ' +
        'Progress without an id comes at most twice a second and is not repeated. A comment is sent every 15 s.',
    }),
    ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'integer', minimum: 0 } }),
    ApiQuery({ name: 'lastEventId', required: false, schema: { type: 'integer', minimum: 0 } }),
    ApiProduces('text/event-stream'),
    ApiOkResponse({ standardSchema: streamMessageSchema }),
    ApiNoContentResponse({ description: 'The client has seen the last message already.' }),
    ApiProblems('InvalidInput:', 'JobNotFound', 'NotAcceptable', 'TooManyStreams'),
  );
}
