import { Get, Inject, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import { Failure } from '@aura/failure';
import { ROLLING_PREVIEW } from '@aura/proto';
import type { Request, Response } from 'express';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { JobId } from '../videos/job-id.js';
import { VideoRoutes } from '../videos/video-routes.js';
import { Downloads } from './downloads.js';

const PREVIEW = { kind: 'preview', label: ROLLING_PREVIEW };
const FILM = { kind: 'video', label: '' };

@VideoRoutes()
@ApiJobId()
@ApiProblems('JobNotFound', 'JobNotFinished', 'ArtifactGone', 'BlobCorrupt', 'RangeNotSatisfiable')
export class PreviewController {
  constructor(@Inject(Downloads) private readonly downloads: Downloads) {}

  @Get(':id/preview')
  @ApiOperation({
    summary: 'The film as far as it is made',
    operationId: 'previewVideo',
    description:
      'With options.rollingPreview: a small film of the first scenes, from the first on, that grows as others are made; its ETag tells one from the next. The film itself once it is there.',
  })
  @ApiProduces('video/mp4')
  @ApiOkResponse({ description: 'The film so far.', schema: { type: 'string', format: 'binary' } })
  async preview(
    @JobId() id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    try {
      await this.downloads.send(id, PREVIEW, request, response);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'ArtifactMissing') throw error;
      await this.downloads.send(id, FILM, request, response);
    }
  }
}
