import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../docs/decorators.js';
import { currentPrincipal } from '../guard/principal.js';
import { AuditLog } from './audit-log.js';
import {
  auditPage,
  auditQuery,
  auditSchema,
  type AuditPage,
  type AuditQuery,
} from './audit-schema.js';

@Controller('/api/audit')
@ApiTags('access')
@ApiProblems('DatabaseUnavailable')
export class AuditController {
  constructor(@Inject(AuditLog) private readonly auditLog: AuditLog) {}

  @Get()
  @ApiOperation({
    summary: 'Who has wanted what changed, and what came of it',
    operationId: 'audit',
    description:
      'Every request of this tenant with an unsafe method, the newest first, refused ones included but for those that came too often. ' +
      'Status 499: whoever asked went away before the answer.',
  })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
  })
  @ApiQuery({
    name: 'cursor',
    required: false,
    description: 'The `next` of the page before.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ standardSchema: auditSchema })
  @ApiProblems('InvalidInput:')
  async list(@Query({ schema: auditQuery }) { limit, cursor }: AuditQuery): Promise<AuditPage> {
    const { tenantId } = currentPrincipal();
    const rows = await this.auditLog.list(tenantId, { limit: limit + 1, before: cursor });
    return auditPage(rows, limit);
  }
}
