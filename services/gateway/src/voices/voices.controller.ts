import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../docs/decorators.js';
import { Providers } from '../providers/providers.js';
import { voicesQuery, voicesSchema, type VoicesAnswer, type VoicesQuery } from './voices-schema.js';

@Controller('/api/voices')
@ApiTags('providers')
export class VoicesController {
  constructor(@Inject(Providers) private readonly providers: Providers) {}

  @Get()
  @ApiOperation({
    summary: 'Which voices there are',
    operationId: 'voices',
    description:
      'As the workers last said: logical voices, and with what each provider speaks them.',
  })
  @ApiQuery({
    name: 'language',
    required: false,
    description: 'A BCP 47 tag, with its accents where it has no region.',
    schema: { type: 'string', example: 'de' },
  })
  @ApiQuery({
    name: 'provider',
    required: false,
    description: 'Only with what this provider speaks.',
    schema: { type: 'string', example: 'espeak-ng' },
  })
  @ApiOkResponse({ standardSchema: voicesSchema })
  @ApiProblems('InvalidInput:', 'DatabaseUnavailable')
  all(@Query({ schema: voicesQuery }) query: VoicesQuery): Promise<VoicesAnswer> {
    return this.providers.voices(query);
  }
}
