import { Get, Head, Inject, Param, Req, Res } from '@nestjs/common';
import {
  ApiNotModifiedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPartialContentResponse,
  ApiProduces,
} from '@nestjs/swagger';
import { ARTIFACT_KINDS } from '@aura/proto';
import type { Request, Response } from 'express';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { JobId } from '../videos/job-id.js';
import { VideoRoutes } from '../videos/video-routes.js';
import { Downloads } from './downloads.js';

const FILM = { kind: 'video', label: '' };

@VideoRoutes()
@ApiJobId()
@ApiProblems(
  'JobNotFound',
  'ArtifactMissing',
  'JobNotFinished',
  'ArtifactGone',
  'BlobCorrupt',
  'RangeNotSatisfiable',
)
export class DownloadController {
  constructor(@Inject(Downloads) private readonly downloads: Downloads) {}

  @Head(':id/download')
  @ApiOperation({ summary: 'Size, tag and name of the film', operationId: 'headDownload' })
  @ApiOkResponse({ description: 'The headers of the download.' })
  head(@JobId() id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.downloads.send(id, FILM, request, response);
  }

  @Get(':id/download')
  @ApiOperation({ summary: 'The film, whole or one range of it', operationId: 'download' })
  @ApiProduces('video/mp4')
  @ApiOkResponse({ description: 'The film.', schema: { type: 'string', format: 'binary' } })
  @ApiPartialContentResponse({ description: 'The range that was asked for.' })
  @ApiNotModifiedResponse({ description: 'The client has it already.' })
  get(@JobId() id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.downloads.send(id, FILM, request, response);
  }

  @Get(':id/artifacts/:kind')
  @ApiOperation({ summary: 'Another file of the job', operationId: 'downloadArtifact' })
  @ApiParam({ name: 'kind', enum: ARTIFACT_KINDS })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  artifact(
    @JobId() id: string,
    @Param('kind') kind: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.downloads.send(id, { kind, label: '' }, request, response);
  }

  @Get(':id/artifacts/:kind/:label')
  @ApiOperation({
    summary: 'One of several files of a kind',
    operationId: 'downloadLabelled',
    description: 'Files of HTTP streaming and sprites name each other by their labels.',
  })
  @ApiParam({ name: 'kind', enum: ARTIFACT_KINDS })
  @ApiParam({ name: 'label', schema: { type: 'string', example: 'index.m3u8' } })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  labelled(
    @JobId() id: string,
    @Param() file: { kind: string; label: string },
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.downloads.send(id, file, request, response);
  }
}
