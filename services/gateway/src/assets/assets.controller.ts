import {
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Query,
  Req,
  Res,
  type PipeTransform,
} from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiPartialContentResponse,
  ApiProduces,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ApiProblems } from '../docs/decorators.js';
import { Repeats } from '../repeat/repeats.js';
import {
  assetSchema,
  assetsSchema,
  listQuery,
  type AssetsPage,
  type AssetView,
  type ListQuery,
} from './asset-schema.js';
import { Assets, notFound } from './assets.js';
import { readAway } from './receive.js';

class AssetIdPipe implements PipeTransform<string, string> {
  transform(id: string): string {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw notFound();
    return id.toLowerCase();
  }
}

const AssetId = () => Param('id', new AssetIdPipe());
const ApiAssetId = () => ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } });

@Controller('/api/assets')
@ApiTags('assets')
@ApiProblems('DatabaseUnavailable')
export class AssetsController {
  constructor(@Inject(Assets) private readonly assets: Assets) {}

  @Post()
  @HttpCode(201)
  @Repeats('by-content')
  @ApiOperation({
    summary: 'Upload a file',
    operationId: 'uploadAsset',
    description:
      'PDF, plain text, Markdown, HTML, PNG, JPEG, WebP, MP4, MOV, WebM, MP3, WAV, Ogg or FLAC, told by its content. ' +
      'Content that is there already answers 200 with what is there, and is kept anew.',
  })
  @ApiConsumes('multipart/form-data', 'application/octet-stream')
  @ApiQuery({
    name: 'fileName',
    required: false,
    description: 'Name of a file that is the body itself.',
    schema: { type: 'string' },
  })
  @ApiBody({
    schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
  })
  @ApiCreatedResponse({ standardSchema: assetSchema })
  @ApiOkResponse({ standardSchema: assetSchema })
  @ApiProblems('InvalidInput:', 'PayloadTooLarge', 'UploadQuotaExceeded', 'UnsupportedMediaType')
  @ApiProblems('AssetRefused', 'AssetInvalid', 'OutOfDiskSpace', 'OutputDirectoryNotWritable')
  async upload(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AssetView> {
    try {
      const { asset, isNew } = await this.assets.upload(request);
      response.status(isNew ? 201 : 200);
      response.setHeader('Location', `/api/assets/${asset.assetId}`);
      return asset;
    } catch (error) {
      if (!(await readAway(request))) response.setHeader('Connection', 'close');
      throw error;
    }
  }

  @Get()
  @ApiOperation({ summary: 'The uploaded files', operationId: 'assets' })
  @ApiQuery({
    name: 'limit',
    required: false,
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
  })
  @ApiQuery({
    name: 'after',
    required: false,
    description: 'The `next` of the page before.',
    schema: { type: 'string', format: 'uuid' },
  })
  @ApiOkResponse({ standardSchema: assetsSchema })
  @ApiProblems('InvalidInput:')
  list(@Query({ schema: listQuery }) query: ListQuery): Promise<AssetsPage> {
    return this.assets.list(query);
  }

  @Get(':id')
  @ApiAssetId()
  @ApiOperation({ summary: 'What an uploaded file is', operationId: 'asset' })
  @ApiOkResponse({ standardSchema: assetSchema })
  @ApiProblems('AssetNotFound')
  one(@AssetId() id: string): Promise<AssetView> {
    return this.assets.one(id);
  }

  @Get(':id/content')
  @ApiAssetId()
  @ApiOperation({
    summary: 'An uploaded file, whole or one range of it',
    operationId: 'assetContent',
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  @ApiPartialContentResponse({ description: 'The range that was asked for.' })
  @ApiProblems('AssetNotFound', 'ArtifactGone', 'BlobCorrupt', 'RangeNotSatisfiable')
  content(
    @AssetId() id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.assets.send(id, request, response);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiAssetId()
  @ApiOperation({
    summary: 'Delete an uploaded file',
    operationId: 'deleteAsset',
    description: 'It is gone for requests at once; its bytes go within hours.',
  })
  @ApiNoContentResponse({ description: 'It is gone.' })
  @ApiProblems('AssetNotFound', 'AssetInUse')
  remove(@AssetId() id: string): Promise<void> {
    return this.assets.remove(id);
  }
}
