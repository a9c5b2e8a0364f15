import { Body, Headers, Inject, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { ApiIfMatch } from '../etag/entity-tag.js';
import { JobRoutes } from '../jobs/job-routes.js';
import { JobId } from '../videos/job-id.js';
import { editRequest, type EditRequest } from './edit-request.js';
import { editSchema, type JobEdit } from './edit-schema.js';
import { Edits } from './edits.js';

@JobRoutes()
@ApiJobId()
@ApiProblems('DatabaseUnavailable')
export class EditsController {
  constructor(@Inject(Edits) private readonly edits: Edits) {}

  @Post(':id/edits')
  @ApiOperation({
    summary: 'Edit the film of a job',
    operationId: 'editJob',
    description:
      'Its next run makes what the operations change; all else is found again. The film that is there stays until the new one is. With `dryRun` nothing is changed: the answer says which units of work would run, and what they would take.',
  })
  @ApiIfMatch()
  @ApiOkResponse({ standardSchema: editSchema, description: 'What would be done (`dryRun`).' })
  @ApiAcceptedResponse({ standardSchema: editSchema })
  @ApiProblems('InvalidInput:', 'JobNotFound', 'JobNotFinished', 'JobNotEditable', 'JobChanged')
  @ApiProblems('PayloadTooLarge', 'UnsupportedMediaType', 'FilmQuotaExceeded')
  async edit(
    @JobId() id: string,
    @Body({ schema: editRequest }) request: EditRequest,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<JobEdit> {
    const answer = await this.edits.edit(id, request, ifMatch);
    response.status(answer.dryRun ? 200 : 202);
    if (!answer.dryRun) response.setHeader('Location', answer.links.self);
    return answer;
  }
}
