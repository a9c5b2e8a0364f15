import { seenBy, type Database, type Transaction } from '@aura/database';
import { Failure } from '@aura/failure';
import type { StoredView } from './stored-schema.js';

interface StoredDependencies {
  database: Database;
  tenantId: string;
  /** What a tenant's uploaded files, and the films of its jobs, may take together; 0 for no limit. */
  uploadQuotaBytes: number;
  filmQuotaBytes: number;
}

/** What a tenant has in store, and how much of that it may. */
export class Stored {
  constructor(private readonly deps: StoredDependencies) {}

  async statistics(): Promise<StoredView> {
    const { database, tenantId, uploadQuotaBytes, filmQuotaBytes } = this.deps;
    const [uploads, films, expired] = await Promise.all([
      database.asset.aggregate({
        where: seenBy(tenantId),
        _count: true,
        _sum: { bytes: true },
      }),
      this.films(),
      database.artifact.count({ where: { job: { tenantId }, expiredAt: { not: null } } }),
    ]);
    return {
      uploads: {
        files: uploads._count,
        bytes: Number(uploads._sum.bytes ?? 0),
        quotaBytes: uploadQuotaBytes || null,
      },
      films: { ...films, expiredFiles: expired, quotaBytes: filmQuotaBytes || null },
    };
  }

  /** Before a job is made; within its transaction by that one's own connection. Errors: FilmQuotaExceeded. */
  async checkRoom(database: Database | Transaction = this.deps.database): Promise<void> {
    const { filmQuotaBytes } = this.deps;
    if (filmQuotaBytes === 0 || (await this.films(database)).bytes < filmQuotaBytes) return;
    const most = `${Math.floor(filmQuotaBytes / 1_024 / 1_024)} MiB`;
    throw new Failure('FilmQuotaExceeded', `Films may take ${most} together.`);
  }

  /** The same content counts once, in however many jobs it is. */
  private async films(
    database: Database | Transaction = this.deps.database,
  ): Promise<{ files: number; bytes: number }> {
    const [sum] = await database.$queryRaw<{ files: number; bytes: number }[]>`
      SELECT count(*)::int AS files, coalesce(sum(bytes), 0)::float8 AS bytes FROM (
        SELECT DISTINCT artifacts.sha256, artifacts.bytes
        FROM artifacts JOIN jobs ON jobs.id = artifacts.job_id
        WHERE jobs.tenant_id = ${this.deps.tenantId} AND artifacts.expired_at IS NULL
      ) AS stored`;
    return sum ?? { files: 0, bytes: 0 };
  }
}
