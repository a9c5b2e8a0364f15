import { HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { JobId } from '../videos/job-id.js';
import { JobRoutes } from './job-routes.js';
import { jobSchema, type JobView } from './job-schema.js';
import { PauseJobs } from './pause-jobs.js';

@JobRoutes()
@ApiJobId()
@ApiProblems('DatabaseUnavailable')
export class JobSteeringController {
  constructor(@Inject(PauseJobs) private readonly pausing: PauseJobs) {}

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pause a job',
    operationId: 'pauseJob',
    description:
      'No new piece of work is begun; those in work end and are kept. A job that is paused stays so until it is resumed or canceled, whatever is restarted.',
  })
  @ApiOkResponse({ standardSchema: jobSchema })
  @ApiProblems('JobNotFound', 'JobNotPausable')
  pause(@JobId() id: string): Promise<JobView> {
    return this.pausing.pause(id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let a paused job go on',
    operationId: 'resumeJob',
    description: 'Where it was: nothing that is finished is done again.',
  })
  @ApiOkResponse({ standardSchema: jobSchema })
  @ApiProblems('JobNotFound', 'JobNotPaused')
  resume(@JobId() id: string): Promise<JobView> {
    return this.pausing.resume(id);
  }
}
