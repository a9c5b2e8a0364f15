import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  type PipeTransform,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import { Failure } from '@aura/failure';
import { ApiProblems } from '../docs/decorators.js';
import { Repeats } from '../repeat/repeats.js';
import { currentPrincipal } from '../guard/principal.js';
import {
  createdKeySchema,
  createKeyRequest,
  keysPage,
  keysQuery,
  keysSchema,
  keyView,
  type CreatedKeyView,
  type CreateKeyRequest,
  type KeysQuery,
  type KeysView,
} from './key-schema.js';
import { Keys } from './keys.js';

class KeyIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id.toLowerCase();
    throw new Failure('KeyNotFound', 'There is no key with this id.');
  }
}

@Controller('/api/keys')
@ApiTags('access')
@ApiProblems('DatabaseUnavailable')
export class KeysController {
  constructor(@Inject(Keys) private readonly keys: Keys) {}

  @Post()
  @HttpCode(201)
  @Repeats('never')
  @ApiOperation({
    summary: 'Make a key',
    operationId: 'createKey',
    description:
      'For this tenant, and for no more than the caller may do. The answer alone holds the key itself.',
  })
  @ApiCreatedResponse({ standardSchema: createdKeySchema })
  @ApiProblems('InvalidInput:', 'NotAllowed')
  async create(
    @Body({ schema: createKeyRequest }) request: CreateKeyRequest,
  ): Promise<CreatedKeyView> {
    const wish = { ...request, expiresAt: request.expiresAt ?? undefined };
    const { key, text } = await this.keys.create(wish, currentPrincipal());
    return { ...keyView(key), key: text };
  }

  @Get()
  @ApiOperation({ summary: 'The keys of this tenant, the newest first', operationId: 'keys' })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 1_000, default: 1_000 },
  })
  @ApiQuery({
    name: 'cursor',
    required: false,
    description: 'The `next` of the page before.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ standardSchema: keysSchema })
  @ApiProblems('InvalidInput:')
  async list(@Query({ schema: keysQuery }) { limit, cursor }: KeysQuery): Promise<KeysView> {
    const { tenantId } = currentPrincipal();
    const rows = await this.keys.list(tenantId, { limit: limit + 1, after: cursor });
    return keysPage(rows, limit);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiOperation({
    summary: 'Revoke a key',
    operationId: 'revokeKey',
    description: 'It is refused from now on; another gateway notices within two seconds.',
  })
  @ApiNoContentResponse({ description: 'It is revoked.' })
  @ApiProblems('KeyNotFound', 'NotAllowed')
  async revoke(@Param('id', new KeyIdPipe()) id: string): Promise<void> {
    await this.keys.revoke(id, currentPrincipal());
  }
}
