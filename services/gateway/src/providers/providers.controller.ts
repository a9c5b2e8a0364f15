import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../docs/decorators.js';
import { Providers } from './providers.js';
import {
  modelsSchema,
  providersSchema,
  type ModelsAnswer,
  type ProvidersAnswer,
} from './providers-schema.js';

@Controller('/api/providers')
@ApiTags('providers')
export class ProvidersController {
  constructor(@Inject(Providers) private readonly providers: Providers) {}

  @Get()
  @ApiOperation({
    summary: 'Who can write, speak and picture',
    operationId: 'providers',
    description: 'As the workers last said, at most a minute ago, in the order of the chains.',
  })
  @ApiOkResponse({ standardSchema: providersSchema })
  @ApiProblems('DatabaseUnavailable')
  all(): Promise<ProvidersAnswer> {
    return this.providers.all();
  }

  @Get(':name/models')
  @ApiParam({ name: 'name', schema: { type: 'string' } })
  @ApiOperation({ summary: 'What models a provider has', operationId: 'providerModels' })
  @ApiOkResponse({ standardSchema: modelsSchema })
  @ApiProblems('ProviderNotFound', 'DatabaseUnavailable')
  models(@Param('name') name: string): Promise<ModelsAnswer> {
    return this.providers.models(name);
  }
}
