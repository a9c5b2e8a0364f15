import { Body, Get, Headers, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiIdempotencyKey, ApiJobId, ApiProblems } from '../docs/decorators.js';
import { correlationOf } from '../http/correlation.js';
import { Repeats } from '../repeat/repeats.js';
import { estimateSchema, type Estimate } from './estimate-schema.js';
import { Estimates } from './estimate.js';
import { idempotencyKeyOf } from '../jobs/idempotency.js';
import { Generate } from './generate.js';
import { generateRequest, type GenerateRequest } from './generate-request.js';
import { Tagged } from '../etag/entity-tag.js';
import { JobId } from './job-id.js';
import { metadataSchema, type VideoMetadata } from './metadata-schema.js';
import { acceptedAnswer, type AcceptedAnswer } from './accepted.js';
import { acceptedSchema, jobStatusSchema, type JobStatus } from './status-schema.js';
import { VideoRoutes } from './video-routes.js';
import { Videos } from './videos.js';

@VideoRoutes()
export class VideosController {
  constructor(
    @Inject(Generate) private readonly generating: Generate,
    @Inject(Videos) private readonly videos: Videos,
    @Inject(Estimates) private readonly estimates: Estimates,
  ) {}

  @Post('generate')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Turn a brief into a video',
    operationId: 'generateVideo',
    description:
      '202 means that the job is durable: it will be made even if everything restarts now.',
  })
  @Repeats('with-job')
  @ApiIdempotencyKey()
  @ApiAcceptedResponse({ standardSchema: acceptedSchema })
  @ApiProblems('InvalidInput:', 'PayloadTooLarge', 'UnsupportedMediaType', 'IdempotencyKeyReused')
  @ApiProblems('FilmQuotaExceeded', 'CIRCUIT_OPEN', 'DatabaseUnavailable')
  async generate(
    @Body({ schema: generateRequest }) request: GenerateRequest,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AcceptedAnswer> {
    const caller = {
      correlationId: correlationOf(response),
      idempotencyKey: idempotencyKeyOf(key),
    };
    const accepted = await this.generating.accept(request, caller);
    const answer = acceptedAnswer(accepted);
    response.setHeader('Location', answer.statusUrl);
    if (accepted.replayed) response.setHeader('Idempotency-Replayed', 'true');
    return answer;
  }

  @Post('estimate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'What a video would cost',
    operationId: 'estimateVideo',
    description: 'Takes the body of a request to generate. Nothing is stored, and nobody is asked.',
  })
  @ApiOkResponse({ standardSchema: estimateSchema })
  @ApiProblems('InvalidInput:', 'PayloadTooLarge', 'UnsupportedMediaType')
  @ApiProblems('CIRCUIT_OPEN', 'DatabaseUnavailable')
  estimate(@Body({ schema: generateRequest }) request: GenerateRequest): Promise<Estimate> {
    return this.estimates.of(request);
  }

  @Get(':id/status')
  @ApiJobId()
  @ApiOperation({ summary: 'How far a video is', operationId: 'videoStatus' })
  @Tagged()
  @ApiOkResponse({ standardSchema: jobStatusSchema })
  @ApiProblems('JobNotFound')
  status(@JobId() id: string): Promise<JobStatus> {
    return this.videos.status(id);
  }

  @Get(':id/metadata')
  @ApiJobId()
  @ApiOperation({ summary: 'What a video is made of, and its files', operationId: 'videoMetadata' })
  @Tagged()
  @ApiOkResponse({ standardSchema: metadataSchema })
  @ApiProblems('JobNotFound')
  metadata(@JobId() id: string): Promise<VideoMetadata> {
    return this.videos.metadata(id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiJobId()
  @ApiOperation({
    summary: 'Stop making a video',
    operationId: 'cancelVideo',
    description: 'Accepted at once; the stream says when everything has been cleaned up.',
  })
  @ApiOkResponse({ standardSchema: jobStatusSchema })
  @ApiProblems('JobNotFound', 'JobAlreadyCanceled', 'JobAlreadyFinished')
  cancel(@JobId() id: string): Promise<JobStatus> {
    return this.videos.cancel(id);
  }
}
