import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditEntry, Database, Prisma } from '@aura/database';
import type { Log } from '@aura/telemetry';

export type NewAuditEntry = Omit<AuditEntry, 'id'>;

interface AuditDependencies {
  /** All tenants' rows: requests themselves can neither read nor write the log. */
  whole: Database;
  log: Log;
}

/** Entries are gathered for so long: one statement then writes them all. */
const GATHER_MS = 100;
const RETRY_MS = 1_000;
const MAX_WAITING = 10_000;
const AT_ONCE = 500;

/**
 * Who has done what. An entry is written a moment after its answer, and again and again while the database is away; a
 * process that is killed loses those of its last moment, which are still in the log of requests.
 */
export class AuditLog {
  private waiting: NewAuditEntry[] = [];
  private writing: Promise<void> | undefined;
  private isClosed = false;

  constructor(private readonly deps: AuditDependencies) {}

  add(entry: NewAuditEntry): void {
    this.waiting.push(entry);
    if (this.waiting.length > MAX_WAITING) this.dropOldest();
    this.writing ??= this.write();
  }

  /** A page of a tenant's entries, the newest first. */
  list(tenantId: string, { limit, before }: { limit: number; before: bigint | undefined }) {
    const where: Prisma.AuditEntryWhereInput = {
      tenantId,
      ...(before === undefined ? {} : { id: { lt: before } }),
    };
    return this.deps.whole.auditEntry.findMany({ where, orderBy: { id: 'desc' }, take: limit });
  }

  /** Writes what is left, once. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.writing;
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      if (!this.isClosed) await sleep(GATHER_MS);
      const some = this.waiting.slice(0, AT_ONCE);
      try {
        await this.deps.whole.auditEntry.createMany({ data: some });
        this.waiting = this.waiting.slice(some.length);
      } catch (error) {
        this.deps.log.warn({ err: error, entries: this.waiting.length }, 'the audit log waits');
        if (this.isClosed) break;
        await sleep(RETRY_MS, undefined, { ref: false });
      }
    }
    this.writing = undefined;
  }

  private dropOldest(): void {
    const entry = this.waiting.shift();
    this.deps.log.error({ entry }, 'an entry of the audit log is lost');
  }
}
