import { Delete, Get, Headers, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { ApiIfMatch } from '../etag/entity-tag.js';
import { ApiStream } from '../stream/api-stream.js';
import { Streams } from '../stream/streams.js';
import { JobId } from '../videos/job-id.js';
import { JobRoutes } from './job-routes.js';
import { DeleteJobs } from './delete-job.js';
import {
  acceptedJobSchema,
  deletedJobSchema,
  jobSchema,
  type AcceptedJob,
  type DeletedJob,
  type JobView,
} from './job-schema.js';
import { Jobs } from './jobs.js';

@JobRoutes()
@ApiJobId()
@ApiProblems('DatabaseUnavailable')
export class JobWorkController {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(DeleteJobs) private readonly deleting: DeleteJobs,
    @Inject(Streams) private readonly streams: Streams,
  ) {}

  @Delete(':id')
  @ApiOperation({
    summary: 'Delete a job that has ended',
    operationId: 'deleteJob',
    description:
      'Its rows, its events, its workflows with their histories, and its files unless somebody else has them too. The answer says what is gone.',
  })
  @ApiIfMatch()
  @ApiOkResponse({ standardSchema: deletedJobSchema })
  @ApiProblems('JobNotFound', 'JobNotFinished', 'JobChanged', 'TemporalUnavailable')
  remove(@JobId() id: string, @Headers('if-match') ifMatch?: string): Promise<DeletedJob> {
    return this.deleting.delete(id, ifMatch);
  }

  @Get(':id/events')
  @ApiStream('jobEvents', 'Events of a job (server-sent events)')
  events(@JobId() id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.streams.open(id, request, response);
  }

  @Get(':id/progress/stream')
  @ApiStream('jobProgress', 'The same as the events of a job')
  progress(@JobId() id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    return this.streams.open(id, request, response);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Stop a job',
    operationId: 'cancelJob',
    description: 'Accepted at once; the events say when everything has been cleaned up.',
  })
  @ApiIfMatch()
  @ApiOkResponse({ standardSchema: jobSchema })
  @ApiProblems('JobNotFound', 'JobAlreadyCanceled', 'JobAlreadyFinished', 'JobChanged')
  cancel(@JobId() id: string, @Headers('if-match') ifMatch?: string): Promise<JobView> {
    return this.jobs.cancel(id, ifMatch);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Try a job again that has failed or was canceled',
    operationId: 'retryJob',
    description:
      'Its next run, under the same id: the events go on, and work that is finished is neither done nor paid for again.',
  })
  @ApiIfMatch()
  @ApiAcceptedResponse({ standardSchema: acceptedJobSchema })
  @ApiProblems('JobNotFound', 'JobNotRetryable', 'JobChanged', 'FilmQuotaExceeded')
  async retry(
    @JobId() id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AcceptedJob> {
    const answer = await this.jobs.retry(id, ifMatch);
    response.setHeader('Location', answer.links.self);
    return answer;
  }
}
