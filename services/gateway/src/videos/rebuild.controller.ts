import { HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiJobId, ApiProblems } from '../docs/decorators.js';
import { correlationOf } from '../http/correlation.js';
import { acceptedAnswer, type AcceptedAnswer } from './accepted.js';
import { JobId } from './job-id.js';
import { Rebuild } from './rebuild.js';
import { acceptedSchema } from './status-schema.js';
import { VideoRoutes } from './video-routes.js';

@VideoRoutes()
export class RebuildController {
  constructor(@Inject(Rebuild) private readonly rebuilding: Rebuild) {}

  @Post(':id/rebuild')
  @HttpCode(202)
  @ApiJobId()
  @ApiOperation({
    summary: 'Make the film of an ended job again',
    operationId: 'rebuildVideo',
    description:
      'A new job with the same order, for example because the files of the first have expired. ' +
      'Work that is still kept is not done, or paid for, anew.',
  })
  @ApiAcceptedResponse({ standardSchema: acceptedSchema })
  @ApiProblems('JobNotFound', 'JobNotFinished', 'FilmQuotaExceeded', 'DatabaseUnavailable')
  async rebuild(
    @JobId() id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AcceptedAnswer> {
    const answer = acceptedAnswer(await this.rebuilding.accept(id, correlationOf(response)));
    response.setHeader('Location', answer.statusUrl);
    return answer;
  }
}
