import { Get, Inject, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ApiJobId } from '../docs/decorators.js';
import { JobId } from '../videos/job-id.js';
import { VideoRoutes } from '../videos/video-routes.js';
import { ApiStream } from './api-stream.js';
import { Streams } from './streams.js';

@VideoRoutes()
export class StreamController {
  constructor(@Inject(Streams) private readonly streams: Streams) {}

  @Get(':id/stream')
  @ApiJobId()
  @ApiStream('streamVideo', 'Progress as it happens (server-sent events)')
  stream(@JobId() id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.streams.open(id, request, response);
  }
}
