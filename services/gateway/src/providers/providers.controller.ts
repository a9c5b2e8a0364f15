import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '../docs/decorators.js';
import { correlationOf } from '../http/correlation.js';
import { Repeats } from '../repeat/repeats.js';
import { sendProblem } from '../problem/send-problem.js';
import { Providers } from './providers.js';
import {
  modelsSchema,
  providersSchema,
  type ModelsAnswer,
  type ProvidersAnswer,
} from './providers-schema.js';
import { failureOfVerdict, ProviderCheck } from './validate/provider-check.js';
import {
  validateRequest,
  validationSchema,
  type ValidateRequest,
} from './validate/validate-schema.js';

@Controller('/api/providers')
@ApiTags('providers')
export class ProvidersController {
  constructor(
    @Inject(Providers) private readonly providers: Providers,
    @Inject(ProviderCheck) private readonly check: ProviderCheck,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Who can write, speak and picture',
    operationId: 'providers',
    description:
      'As the workers last said, at most a minute ago, in the order of the chains. One entry for each stage: who ' +
      'writes, speaks and paints stands here three times, for each may work where the others do not.',
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

  @Post('validate-enhanced')
  @HttpCode(200)
  // It writes its answer itself, and nothing happens that could happen twice.
  @Repeats('never')
  @ApiOperation({
    summary: 'Try a provider’s key, address and model',
    operationId: 'validateProvider',
    description:
      'One free call to the vendor; nothing is stored. 200: the configuration is good, or nobody could be asked (status NotChecked). ' +
      'What is wrong with the configuration is a problem of status 400 that carries the members of ProviderValidation too, but for its status: a key that was refused has the code InvalidApiKey and the detail "Invalid API key". ' +
      'Providers on own machines are Valid without a key; whether they are there stands in `reachable`.',
  })
  @ApiOkResponse({ standardSchema: validationSchema })
  @ApiProblems('InvalidInput:', 'InvalidApiKey', 'PayloadTooLarge', 'UnsupportedMediaType')
  @ApiProblems('DatabaseUnavailable')
  async validate(
    @Body({ schema: validateRequest }) wish: ValidateRequest,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const verdict = await this.check.of(wish);
    const failure = failureOfVerdict(verdict);
    if (failure) sendProblem(request, response, failure, verdict);
    else response.status(200).json({ ...verdict, correlationId: correlationOf(response) });
  }
}
