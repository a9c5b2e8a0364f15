import { Body, Get, Headers, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { JOB_STATES } from '@aura/proto';
import type { Response } from 'express';
import { ApiIdempotencyKey, ApiJobId, ApiProblems } from '../docs/decorators.js';
import { correlationOf } from '../http/correlation.js';
import { Repeats } from '../repeat/repeats.js';
import { Tagged } from '../etag/entity-tag.js';
import { JobId } from '../videos/job-id.js';
import { CreateJobs } from './create-jobs.js';
import { createJobRequest, type CreateJobRequest } from './create-request.js';
import { idempotencyKeyOf } from './idempotency.js';
import { acceptedJob } from './job-links.js';
import { JobRoutes } from './job-routes.js';
import {
  acceptedJobSchema,
  jobSchema,
  jobsSchema,
  type AcceptedJob,
  type JobsPage,
  type JobView,
} from './job-schema.js';
import { Jobs } from './jobs.js';
import { listQuery, type ListQuery } from './list-query.js';

const text = { type: 'string' } as const;
const moment = { type: 'string', format: 'date-time' } as const;

@JobRoutes()
@ApiProblems('DatabaseUnavailable')
export class JobsController {
  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(CreateJobs) private readonly creating: CreateJobs,
  ) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Make a job',
    operationId: 'createJob',
    description:
      'From a brief, a preset alone, a script, a timeline, or the inputs of another job. ' +
      '202 means that the job is durable: it will be made even if everything restarts now.',
  })
  @Repeats('with-job')
  @ApiIdempotencyKey()
  @ApiAcceptedResponse({ standardSchema: acceptedJobSchema })
  @ApiProblems('InvalidInput:', 'JobNotFound', 'PayloadTooLarge', 'UnsupportedMediaType')
  @ApiProblems('IdempotencyKeyReused', 'FilmQuotaExceeded', 'CIRCUIT_OPEN')
  async create(
    @Body({ schema: createJobRequest }) request: CreateJobRequest,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AcceptedJob> {
    const idempotencyKey = idempotencyKeyOf(key);
    const caller = { correlationId: correlationOf(response), idempotencyKey };
    const accepted = await this.creating.accept(request, caller);
    const answer = acceptedJob(accepted);
    response.setHeader('Location', answer.links.self);
    if (accepted.replayed) response.setHeader('Idempotency-Replayed', 'true');
    return answer;
  }

  @Get()
  @ApiOperation({
    summary: 'The jobs',
    operationId: 'jobs',
    description: 'In pages that stay as they are while jobs come and go. Filters add up.',
  })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
  })
  @ApiQuery({
    name: 'cursor',
    required: false,
    description: 'The `next` of the page before.',
    schema: text,
  })
  @ApiQuery({
    name: 'state',
    required: false,
    description: 'One or several, with commas between them.',
    schema: { type: 'array', items: { type: 'string', enum: [...JOB_STATES] } },
    explode: false,
  })
  @ApiQuery({
    name: 'tag',
    required: false,
    description: 'Of several, with commas between them, jobs have all.',
    schema: { type: 'array', items: text },
    explode: false,
  })
  @ApiQuery({ name: 'createdAfter', required: false, schema: moment })
  @ApiQuery({ name: 'createdBefore', required: false, schema: moment })
  @ApiQuery({
    name: 'q',
    required: false,
    description: 'Words of the title or the brief; the last may be only begun.',
    schema: text,
  })
  @ApiQuery({
    name: 'sort',
    required: false,
    schema: { type: 'string', enum: ['newest', 'oldest'], default: 'newest' },
  })
  @Tagged()
  @ApiOkResponse({ standardSchema: jobsSchema })
  @ApiProblems('InvalidInput:')
  list(@Query({ schema: listQuery }) query: ListQuery): Promise<JobsPage> {
    return this.jobs.list(query);
  }

  @Get(':id')
  @ApiJobId()
  @ApiOperation({ summary: 'A job, step by step', operationId: 'job' })
  @Tagged()
  @ApiOkResponse({ standardSchema: jobSchema })
  @ApiProblems('JobNotFound')
  one(@JobId() id: string): Promise<JobView> {
    return this.jobs.get(id);
  }
}
