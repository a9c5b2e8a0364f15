import { rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import {
  addAsset,
  bytesOf,
  deleteAsset,
  seenBy,
  transact,
  type Asset,
  type Database,
} from '@aura/database';
import { Failure, toFailure } from '@aura/failure';
import type { ArtifactStore } from '@aura/storage';
import type { Request, Response } from 'express';
import { safeName } from '../download/file-name.js';
import { sendDownload } from '../download/send-download.js';
import { newJobId } from '../videos/job-id.js';
import { assetView, type AssetsPage, type AssetView, type ListQuery } from './asset-schema.js';
import { examine } from './examine.js';
import { receive, type Received } from './receive.js';

interface AssetsDependencies {
  database: Database;
  store: ArtifactStore;
  tenantId: string;
  limitBytes: number;
  /** What a tenant's files may take together; 0 for no limit. */
  quotaBytes: number;
  keepDays: number;
  minFreeDiskMb: number;
}

export interface Uploaded {
  asset: AssetView;
  /** False where the tenant had this content already. */
  isNew: boolean;
}

/** What a tenant has uploaded. Other tenants' files do not exist. */
export class Assets {
  constructor(private readonly deps: AssetsDependencies) {}

  /**
   * Takes a file in: it is known once its bytes are stored, and not before. Whatever keeps it from that leaves nothing
   * behind. Errors: AssetRefused, AssetInvalid, PayloadTooLarge, UploadQuotaExceeded, UnsupportedMediaType,
   * InvalidInput:file, OutOfDiskSpace, OutputDirectoryNotWritable, DatabaseUnavailable.
   */
  async upload(request: Request): Promise<Uploaded> {
    const { store, limitBytes, minFreeDiskMb } = this.deps;
    const id = newJobId(Date.now());
    const folder = await store.scratch(id, 'upload');
    try {
      const declared = Number(request.headers['content-length'] ?? 0);
      await checkSpace(folder, declared, minFreeDiskMb);
      await this.checkQuota();
      const file = path.join(folder, 'file');
      const received = await receive(request, { file, limitBytes });
      return await this.keep(id, file, received);
    } catch (error) {
      if (request.destroyed && !request.complete) throw brokenOff(error);
      throw toFailure(error);
    } finally {
      await rm(folder, { recursive: true, force: true });
      await store.releaseScratch(id);
    }
  }

  /** Errors: AssetNotFound. */
  async one(id: string): Promise<AssetView> {
    return assetView(await this.find(id));
  }

  async list({ limit, after }: ListQuery): Promise<AssetsPage> {
    const { database, tenantId } = this.deps;
    const rows = await database.asset.findMany({
      where: { ...seenBy(tenantId), ...(after ? { id: { lt: after } } : {}) },
      orderBy: { id: 'desc' },
      take: limit + 1,
    });
    const page = rows.slice(0, limit);
    const next = rows.length > limit ? (page.at(-1)?.id ?? null) : null;
    return { assets: page.map(assetView), next };
  }

  /** Errors: AssetNotFound, ArtifactGone, BlobCorrupt, RangeNotSatisfiable. */
  async send(id: string, request: Request, response: Response): Promise<void> {
    const { sha256, bytes, mediaType, fileName, createdAt } = await this.find(id);
    const blob = { sha256, bytes: Number(bytes), mediaType };
    const download = { blob, fileName, modifiedAt: createdAt };
    await sendDownload(this.deps.store, download, request, response);
  }

  /** Errors: AssetNotFound, AssetInUse. */
  async remove(id: string): Promise<void> {
    const { database, tenantId } = this.deps;
    await this.find(id);
    const outcome = await transact(database, (tx) => deleteAsset(tx, { id, tenantId }));
    if (outcome === 'not-found') throw notFound();
    if (outcome === 'in-use') {
      throw new Failure('AssetInUse', 'A job that has not ended is made with this file.');
    }
  }

  private async keep(id: string, file: string, received: Received): Promise<Uploaded> {
    const { database, store, tenantId, keepDays, quotaBytes } = this.deps;
    const fileName = safeName(received.fileName.normalize('NFC'), 'upload');
    const { kind, mediaType, size } = await examine(file, { ...received, fileName });
    const { sha256, bytes } = await store.putFile(file, mediaType);
    const content = { kind, fileName, sha256, bytes, mediaType, size };
    const known = await addAsset(database, { id, tenantId, ...content, keepDays, quotaBytes });
    if (known === undefined) throw overQuota(quotaBytes);
    return { asset: await this.one(known), isNew: known === id };
  }

  /** Before anything is read: who has no room left is told at once. */
  private async checkQuota(): Promise<void> {
    const { database, tenantId, quotaBytes } = this.deps;
    if (quotaBytes > 0 && (await bytesOf(database, tenantId)) >= quotaBytes) {
      throw overQuota(quotaBytes);
    }
  }

  private async find(id: string): Promise<Asset> {
    const { database, tenantId } = this.deps;
    const row = await database.asset.findFirst({ where: { ...seenBy(tenantId), id } });
    if (!row) throw notFound();
    return row;
  }
}

function overQuota(quotaBytes: number): Failure {
  const most = `${Math.floor(quotaBytes / 1_024 / 1_024)} MiB`;
  return new Failure('UploadQuotaExceeded', `Uploaded files may take ${most} together.`);
}

export function notFound(): Failure {
  return new Failure('AssetNotFound', 'There is no uploaded file with this id.');
}

function brokenOff(cause: unknown): Failure {
  return new Failure('InvalidInput:file', 'The client has broken off.', { cause });
}

/** A disk that an upload fills up stops every job that is being made. */
async function checkSpace(folder: string, bytes: number, minFreeMb: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - bytes >= minFreeMb * 1_024 * 1_024) return;
  throw new Failure('OutOfDiskSpace', 'There is no room for the file.');
}
