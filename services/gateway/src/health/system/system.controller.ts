import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SystemCheck } from './system-check.js';
import { systemCheckSchema, type SystemCheckResult } from './system-schema.js';

@Controller('/api/system')
@ApiTags('health')
export class SystemController {
  constructor(@Inject(SystemCheck) private readonly system: SystemCheck) {}

  @Post('check')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Look at everything that films need',
    operationId: 'systemCheck',
    description:
      'What the gateway needs is looked at now; of programs, fonts, voices and machines workers have reported within the last 15 seconds. ' +
      'Each check says what it is needed for and, where it is not well, what helps.',
  })
  @ApiOkResponse({ standardSchema: systemCheckSchema })
  run(): Promise<SystemCheckResult> {
    return this.system.run();
  }
}
