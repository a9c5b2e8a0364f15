import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import {
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiServiceUnavailableResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { principalIn } from '../guard/access.js';
import { Health } from './health.js';
import { livenessSchema, readinessSchema, type Readiness } from './readiness-schema.js';

@Controller()
@ApiTags('health')
export class HealthController {
  constructor(@Inject(Health) private readonly health: Health) {}

  @Get('health')
  @ApiOperation({ summary: 'The process answers', operationId: 'health' })
  @ApiOkResponse({ standardSchema: livenessSchema })
  live(): { status: 'Healthy' } {
    return { status: 'Healthy' };
  }

  @Get('health/ready')
  @ApiOperation({
    summary: 'A film could be made now',
    operationId: 'ready',
    description:
      'Where calls need a key, what machines say of themselves is for callers who send one.',
  })
  @ApiOkResponse({ standardSchema: readinessSchema, description: 'Healthy or degraded.' })
  @ApiServiceUnavailableResponse({ standardSchema: readinessSchema, description: 'Unhealthy.' })
  async ready(@Res({ passthrough: true }) response: Response): Promise<Readiness> {
    const isKnown = principalIn(response) !== undefined;
    const readiness = await this.health.readiness({ isKnown });
    if (readiness.status === 'Unhealthy') response.status(503);
    return readiness;
  }

  @Get('ping')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'The shortest answer', operationId: 'ping' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ description: 'pong', schema: { type: 'string', example: 'pong' } })
  ping(): string {
    return 'pong';
  }
}
