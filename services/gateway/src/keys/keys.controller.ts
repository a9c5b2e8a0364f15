import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  type PipeTransform,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Failure } from '@aura/failure';
import { ApiProblems } from '../docs/decorators.js';
import { Repeats } from '../repeat/repeats.js';
import { currentPrincipal } from '../guard/principal.js';
import {
  createdKeySchema,
  createKeyRequest,
  keysSchema,
  keyView,
  type CreatedKeyView,
  type CreateKeyRequest,
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
  @ApiOperation({ summary: 'The keys of this tenant', operationId: 'keys' })
  @ApiOkResponse({ standardSchema: keysSchema })
  async list(): Promise<KeysView> {
    const rows = await this.keys.list(currentPrincipal().tenantId);
    return { keys: rows.map(keyView) };
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
