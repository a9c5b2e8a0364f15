import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Database } from '@aura/database';
import { ApiProblems } from '../docs/decorators.js';
import { errorsQuery, errorsSchema, type Errors, type ErrorsQuery } from './errors-schema.js';
import { readErrors } from './read-errors.js';
import { summaries } from './summaries.js';

/** What a tenant's jobs and requests have failed with. */
export class ErrorView {
  constructor(
    private readonly deps: { database: Database; whole: Database; readonly tenantId: string },
  ) {}

  async over(query: ErrorsQuery): Promise<Errors> {
    const errors = summaries(await readErrors(this.deps, query));
    return { from: query.from.toISOString(), to: query.to.toISOString(), errors };
  }
}

const moment = { type: 'string', format: 'date-time' } as const;

@Controller('/api/errors')
@ApiTags('jobs')
export class ErrorsController {
  constructor(@Inject(ErrorView) private readonly errors: ErrorView) {}

  @Get()
  @ApiOperation({
    summary: 'What jobs and requests have failed with',
    operationId: 'errors',
    description:
      'By code, over a time (the last day unless said otherwise), with the newest examples.',
  })
  @ApiQuery({ name: 'from', required: false, schema: moment })
  @ApiQuery({ name: 'to', required: false, schema: moment })
  @ApiOkResponse({ standardSchema: errorsSchema })
  @ApiProblems('InvalidInput:', 'DatabaseUnavailable')
  read(@Query({ schema: errorsQuery }) query: ErrorsQuery): Promise<Errors> {
    return this.errors.over(query);
  }
}
