import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../docs/decorators.js';
import { storedSchema, type StoredView } from './stored-schema.js';
import { Stored } from './stored.js';

@Controller('/api/assets/stats')
@ApiTags('assets')
@ApiProblems('DatabaseUnavailable')
export class StoredController {
  constructor(@Inject(Stored) private readonly stored: Stored) {}

  @Get()
  @ApiOperation({ summary: 'What is in store, and how much may be', operationId: 'assetStats' })
  @ApiOkResponse({ standardSchema: storedSchema })
  statistics(): Promise<StoredView> {
    return this.stored.statistics();
  }
}
