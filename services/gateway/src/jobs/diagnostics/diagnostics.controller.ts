import { Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import type { Response } from 'express';
import { ApiJobId, ApiProblems } from '../../docs/decorators.js';
import { JobId } from '../../videos/job-id.js';
import { JobRoutes } from '../job-routes.js';
import { writeBundle } from './bundle.js';
import { Diagnostics } from './diagnostics.js';

@JobRoutes()
@ApiJobId()
@ApiProblems('JobNotFound', 'DatabaseUnavailable')
export class DiagnosticsController {
  constructor(@Inject(Diagnostics) private readonly diagnostics: Diagnostics) {}

  @Get(':id/diagnostics')
  @ApiOperation({
    summary: 'All that is known of a job, as one file',
    operationId: 'jobDiagnostics',
    description:
      'A tar.gz with the problem and its details for operators, events, logs, event histories, the system check, settings and versions, without secrets. ' +
      'Details, system check, workers and settings are for the tenant that runs this server alone. ' +
      '`npm run replay -- <file>` replays it.',
  })
  @ApiProduces('application/gzip')
  @ApiOkResponse({
    description: 'The file.',
    content: { 'application/gzip': { schema: { type: 'string', format: 'binary' } } },
  })
  async read(@JobId() id: string, @Res() response: Response): Promise<void> {
    const files = await this.diagnostics.files(id);
    response.setHeader('Content-Type', 'application/gzip');
    response.setHeader('Content-Disposition', `attachment; filename="aura-${id}.tar.gz"`);
    response.setHeader('Cache-Control', 'no-store');
    await writeBundle(files, this.diagnostics.clean, response).catch((error: unknown) => {
      // Who has gone away is told nothing; anything else cuts the answer off.
      if (!response.destroyed) response.destroy();
      if (!response.headersSent) throw error;
    });
  }
}
