import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { JobId } from '../videos/job-id.js';
import {
  sharedLinkSchema,
  shareRequest,
  type SharedLink,
  type ShareRequest,
} from './share-schema.js';
import { SharedLinks } from './shared-links.js';

@Controller('/api')
@ApiTags('jobs')
@ApiProblems('DatabaseUnavailable')
export class ShareController {
  constructor(@Inject(SharedLinks) private readonly links: SharedLinks) {}

  @Post('jobs/:id/share')
  @HttpCode(201)
  @ApiJobId()
  @ApiOperation({
    summary: 'Make a link to a file of a job',
    operationId: 'shareJobFile',
    description:
      'It needs no key, and ends by itself. It cannot be taken back before, but with the file.',
  })
  @ApiCreatedResponse({ standardSchema: sharedLinkSchema })
  @ApiProblems('InvalidInput:', 'JobNotFound', 'JobNotFinished', 'ArtifactMissing', 'ArtifactGone')
  create(
    @JobId() id: string,
    @Body({ schema: shareRequest }) request: ShareRequest,
  ): Promise<SharedLink> {
    return this.links.create(id, request);
  }

  @Get('shared/:token')
  @ApiParam({ name: 'token', schema: { type: 'string' } })
  @ApiOperation({ summary: 'A file that somebody shares', operationId: 'sharedFile' })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  @ApiProblems('LinkInvalid', 'LinkExpired', 'JobNotFound', 'ArtifactGone', 'BlobCorrupt')
  @ApiProblems('RangeNotSatisfiable')
  send(
    @Param('token') token: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.links.send(token, request, response);
  }
}
