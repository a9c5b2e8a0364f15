import { Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiQuery } from '@nestjs/swagger';
import { Failure } from '@aura/failure';
import { MOST_LOG_LINES, STAGES } from '@aura/proto';
import type { Request, Response } from 'express';
import { ApiJobId, ApiProblems } from '../../docs/decorators.js';
import { JobId } from '../../videos/job-id.js';
import { JobRoutes } from '../job-routes.js';
import { JobLogsReader } from './job-logs.js';
import { logsSchema, type JobLogs } from './log-schema.js';
import { logText } from './log-text.js';
import { LEVEL_NAMES, LOG_SORTS, logsQuery, type LogsQuery } from './logs-query.js';

const FORMS = ['application/json', 'application/x-ndjson', 'text/plain'] as const;

@JobRoutes()
@ApiJobId()
@ApiProblems('JobNotFound', 'DatabaseUnavailable')
export class JobLogsController {
  constructor(@Inject(JobLogsReader) private readonly logs: JobLogsReader) {}

  @Get(':id/logs')
  @ApiOperation({
    summary: 'What workers and workflows have said of a job',
    operationId: 'jobLogs',
    description:
      `The newest ${MOST_LOG_LINES} lines are kept. As JSON, as one JSON object per line, or as text, by Accept; ` +
      'where a page has no place for it, the header Link says where the next is.',
  })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: MOST_LOG_LINES, default: 200 },
  })
  @ApiQuery({ name: 'cursor', required: false, schema: { type: 'string' } })
  @ApiQuery({
    name: 'level',
    required: false,
    description: 'This and what is worse.',
    schema: { type: 'string', enum: LEVEL_NAMES, default: 'info' },
  })
  @ApiQuery({
    name: 'stage',
    required: false,
    schema: { type: 'string', enum: STAGES.map(({ name }) => name) },
  })
  @ApiQuery({
    name: 'sort',
    required: false,
    schema: { type: 'string', enum: [...LOG_SORTS], default: 'oldest' },
  })
  @ApiProduces(...FORMS)
  @ApiOkResponse({ standardSchema: logsSchema })
  @ApiProblems('InvalidInput:', 'NotAcceptable')
  async read(
    @JobId() id: string,
    @Query({ schema: logsQuery }) query: LogsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const form = request.accepts([...FORMS]);
    if (!form) throw new Failure('NotAcceptable', `Logs are given as ${FORMS.join(', ')}.`);
    send(response, form, await this.logs.page(id, query), nextAddress(request));
  }
}

function send(
  response: Response,
  form: string,
  page: JobLogs,
  addressOf: (cursor: string) => string,
): void {
  response.setHeader('Vary', 'Accept');
  response.setHeader('Cache-Control', 'no-store');
  if (form === 'application/json') return void response.json(page);
  if (page.next) response.setHeader('Link', `<${addressOf(page.next)}>; rel="next"`);
  const { lines, dropped } = page;
  const isText = form === 'text/plain';
  const told = isText && dropped > 0 ? [`(${dropped} earlier lines are not kept)`] : [];
  const shown = lines.map((line) => (isText ? logText(line) : JSON.stringify(line)));
  response.type(form).send([...told, ...shown].map((line) => `${line}\n`).join(''));
}

/** The same request with another cursor. */
function nextAddress({ originalUrl }: Request): (cursor: string) => string {
  const [path = '', query = ''] = originalUrl.split('?');
  const members = new URLSearchParams(query);
  return (cursor) => {
    members.set('cursor', cursor);
    return `${path}?${members.toString()}`;
  };
}
