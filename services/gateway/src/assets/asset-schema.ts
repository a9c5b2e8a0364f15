import { ASSET_KINDS, type Asset } from '@aura/database';
import { z } from 'zod';

export const assetSchema = z
  .object({
    assetId: z.uuid(),
    kind: z.string().meta({ enum: [...ASSET_KINDS] }),
    mediaType: z.string().meta({ example: 'image/png' }).describe('By its content.'),
    fileName: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    widthPx: z.int().nullable().describe('Of pictures.'),
    heightPx: z.int().nullable().describe('Of pictures.'),
    version: z.int().describe('Of the files of this name, numbered from 1.'),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable().describe('Null: it is kept until it is deleted.'),
    contentUrl: z.string(),
  })
  .meta({ id: 'Asset' });

export const assetsSchema = z
  .object({
    assets: z.array(assetSchema).describe('The newest first.'),
    next: z
      .string()
      .nullable()
      .describe('What to send as `after` for those that follow; null where none do.'),
  })
  .meta({ id: 'Assets' });

export type AssetView = z.output<typeof assetSchema>;
export type AssetsPage = z.output<typeof assetsSchema>;

const MOST_AT_ONCE = 100;

export const listQuery = z.strictObject({
  limit: z.coerce
    .number('must be a whole number from 1 to 100')
    .int('must be a whole number from 1 to 100')
    .min(1, 'must be a whole number from 1 to 100')
    .max(MOST_AT_ONCE, 'must be a whole number from 1 to 100')
    .default(50),
  after: z.uuid('must be the `next` of an earlier page').optional(),
});

export type ListQuery = z.output<typeof listQuery>;

export function assetView(row: Asset): AssetView {
  const { id: assetId, kind, mediaType, fileName, sha256, widthPx, heightPx } = row;
  return {
    assetId,
    kind,
    mediaType,
    fileName,
    sizeBytes: Number(row.bytes),
    sha256,
    widthPx,
    heightPx,
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    contentUrl: `/api/assets/${assetId}/content`,
  };
}
