import { Get, Inject, Req, Res } from '@nestjs/common';
import {
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiQuery,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { JobId } from '../videos/job-id.js';
import { VideoRoutes } from '../videos/video-routes.js';
import { streamMessageSchema } from './stream-schema.js';
import { Streams } from './streams.js';

@VideoRoutes()
export class StreamController {
  constructor(@Inject(Streams) private readonly streams: Streams) {}

  @Get(':id/stream')
  @ApiOperation({
    summary: 'Progress as it happens (server-sent events)',
    operationId: 'streamVideo',
    description:
      'Messages named progress, stage-complete, and one of done or error, after which the stream ends. ' +
      'Durable messages carry an id; send the last one back to resume without a gap, at any gateway. ' +
      'Progress without an id comes at most twice a second and is not repeated. A comment is sent every 15 s.',
  })
  @ApiJobId()
  @ApiHeader({ name: 'Last-Event-ID', required: false, schema: { type: 'integer', minimum: 0 } })
  @ApiQuery({ name: 'lastEventId', required: false, schema: { type: 'integer', minimum: 0 } })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ standardSchema: streamMessageSchema })
  @ApiNoContentResponse({ description: 'The client has seen the last message already.' })
  @ApiProblems('InvalidInput:', 'JobNotFound', 'NotAcceptable', 'TooManyStreams')
  stream(@JobId() id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.streams.open(id, request, response);
  }
}
