import { Get, Inject, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces } from '@nestjs/swagger';
import { ARTIFACT_KINDS } from '@aura/proto';
import type { Request, Response } from 'express';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { Downloads } from '../download/downloads.js';
import { Tagged } from '../etag/entity-tag.js';
import { JobId } from '../videos/job-id.js';
import { JobRoutes } from './job-routes.js';
import { artifactsSchema, type JobArtifacts } from './job-schema.js';
import { Jobs } from './jobs.js';

const FILE = { description: 'The file.', schema: { type: 'string', format: 'binary' } } as const;

@JobRoutes()
@ApiJobId()
@ApiProblems('JobNotFound', 'DatabaseUnavailable')
export class JobFilesController {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(Downloads) private readonly downloads: Downloads,
  ) {}

  @Get(':id/artifacts')
  @ApiOperation({ summary: 'The files of a job', operationId: 'jobArtifacts' })
  @Tagged()
  @ApiOkResponse({ standardSchema: artifactsSchema })
  list(@JobId() id: string): Promise<JobArtifacts> {
    return this.jobs.artifacts(id);
  }

  @Get(':id/artifacts/:kind')
  @ApiOperation({
    summary: 'A file of a job, whole or one range of it',
    operationId: 'jobArtifact',
    description: 'The film is the one of kind `video`.',
  })
  @ApiParam({ name: 'kind', enum: ARTIFACT_KINDS })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse(FILE)
  @ApiProblems('ArtifactMissing', 'JobNotFinished', 'ArtifactGone', 'BlobCorrupt')
  @ApiProblems('RangeNotSatisfiable')
  one(
    @JobId() id: string,
    @Param('kind') kind: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.downloads.send(id, { kind, label: '' }, request, response);
  }

  @Get(':id/artifacts/:kind/:label')
  @ApiOperation({ summary: 'One of several files of a kind', operationId: 'jobLabelledArtifact' })
  @ApiParam({ name: 'kind', enum: ARTIFACT_KINDS })
  @ApiParam({ name: 'label', schema: { type: 'string', example: 'index.m3u8' } })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse(FILE)
  @ApiProblems('ArtifactMissing', 'JobNotFinished', 'ArtifactGone', 'BlobCorrupt')
  @ApiProblems('RangeNotSatisfiable')
  labelled(
    @JobId() id: string,
    @Param() file: { kind: string; label: string },
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.downloads.send(id, file, request, response);
  }
}
