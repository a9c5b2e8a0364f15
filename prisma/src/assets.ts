import type { Database, Transaction } from './create-database.js';
import type { Asset } from './generated/client.js';
import { transact } from './transact.js';

/** The kinds of files that users may upload. */
export const ASSET_KINDS = ['document', 'picture', 'clip', 'sound'] as const;
export type AssetKind = (typeof ASSET_KINDS)[number];

export interface NewAsset {
  id: string;
  tenantId: string;
  kind: AssetKind;
  fileName: string;
  sha256: string;
  bytes: number;
  mediaType: string;
  size?: { widthPx: number; heightPx: number } | undefined;
  /** 0 keeps it for ever. */
  keepDays: number;
  /** What the tenant's files may take together; 0 for no limit. */
  quotaBytes?: number;
}

/**
 * Makes an uploaded file known, once its bytes are stored. Of a content that the tenant has already only the
 * time to keep it begins anew; then `id` is that of the first. Undefined where the tenant's files would take more than
 * they may, also where several come at once.
 */
export async function addAsset(database: Database, asset: NewAsset): Promise<string | undefined> {
  const { tenantId, sha256, bytes, quotaBytes = 0 } = asset;
  if (quotaBytes === 0) return insertAsset(database, asset);
  return transact(database, async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`assets ${tenantId}`}, 0))::text`;
    const known = await tx.asset.count({ where: { tenantId, sha256, deletedAt: null } });
    const isOver = known === 0 && (await bytesOf(tx, tenantId)) + bytes > quotaBytes;
    return isOver ? undefined : insertAsset(tx, asset);
  });
}

/** What a tenant's files take together. */
export async function bytesOf(database: Database | Transaction, tenantId: string): Promise<number> {
  const { _sum } = await database.asset.aggregate({
    where: seenBy(tenantId),
    _sum: { bytes: true },
  });
  return Number(_sum.bytes ?? 0);
}

async function insertAsset(database: Database | Transaction, asset: NewAsset): Promise<string> {
  const { id, tenantId, kind, fileName, sha256, bytes, mediaType, size, keepDays } = asset;
  const [row] = await database.$queryRaw<{ id: string }[]>`
    INSERT INTO assets AS old (id, tenant_id, kind, file_name, sha256, bytes, media_type, width_px, height_px, version, expires_at)
    VALUES (${id}::uuid, ${tenantId}, ${kind}, ${fileName}, ${sha256}, ${bytes}, ${mediaType},
            ${size?.widthPx ?? null}::int, ${size?.heightPx ?? null}::int,
            (SELECT coalesce(max(version), 0) + 1 FROM assets
             WHERE tenant_id = ${tenantId} AND file_name = ${fileName}),
            CASE WHEN ${keepDays}::int > 0 THEN clock_timestamp() + ${keepDays}::int * interval '1 day' END)
    ON CONFLICT (tenant_id, sha256) WHERE deleted_at IS NULL
    DO UPDATE SET expires_at = excluded.expires_at
    RETURNING id`;
  return row?.id ?? id;
}

/** What a tenant's requests find: neither deleted nor expired. */
export function seenBy(tenantId: string) {
  return {
    tenantId,
    deletedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }],
  };
}

/**
 * Keeps files from being deleted until the transaction ends that makes a job with them. Gives the files that there are, by id: those that are missing cannot be used.
 */
export async function lockAssets(
  tx: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<Map<string, Asset>> {
  await tx.$queryRaw`
    SELECT FROM assets WHERE tenant_id = ${tenantId} AND id = ANY(${[...ids]}::uuid[])
    ORDER BY id FOR SHARE`;
  const rows = await tx.asset.findMany({ where: { ...seenBy(tenantId), id: { in: [...ids] } } });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes which files a job is made with. Idempotent. */
export async function useAssets(
  tx: Transaction,
  jobId: string,
  assetIds: readonly string[],
): Promise<void> {
  const data = assetIds.map((assetId) => ({ jobId, assetId }));
  if (data.length > 0) await tx.assetUse.createMany({ data, skipDuplicates: true });
}

/** Hides a file from its tenant: 'in-use' while a job that has not ended is made with it. */
export async function deleteAsset(
  tx: Transaction,
  { id, tenantId }: { id: string; tenantId: string },
): Promise<'deleted' | 'in-use' | 'not-found'> {
  // Locked first: who makes a job with it at the same time is waited for, and then seen.
  const locked = await tx.$queryRaw<unknown[]>`
    SELECT id FROM assets
    WHERE id = ${id}::uuid AND tenant_id = ${tenantId} AND deleted_at IS NULL
    FOR UPDATE`;
  if (locked.length === 0) return 'not-found';
  const users = { assetId: id, job: { state: { notIn: ['succeeded', 'failed', 'canceled'] } } };
  if ((await tx.assetUse.count({ where: users })) > 0) return 'in-use';
  await tx.$executeRaw`UPDATE assets SET deleted_at = clock_timestamp() WHERE id = ${id}::uuid`;
  return 'deleted';
}
