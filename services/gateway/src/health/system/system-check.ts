import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freshWorkers, type Database, type SlowQueries } from '@aura/database';
import type { Engine } from '../../temporal/engine.js';
import { enough } from '../readiness.js';
import { isSchemaCurrent } from '../schema-current.js';
import { within } from '../within.js';
import { checklist, type Looked } from './checklist.js';
import type { SystemCheckResult } from './system-schema.js';

interface SystemCheckDependencies {
  readonly tenantId: string;
  operatorTenantId: string;
  database: Database;
  slowQueries: Pick<SlowQueries, 'limitMs' | 'summary'>;
  engine: Pick<Engine, 'ping'>;
  /** AURA_HOME. */
  home: string;
  minFreeDiskMb: number;
  minFreeMemoryMb: number;
}

/** Looks at everything that films need, now, and says of each what it means and what helps. */
export class SystemCheck {
  constructor(private readonly deps: SystemCheckDependencies) {}

  /** Never rejects: what cannot be looked at is unhealthy. Queries are shown to operators alone. */
  async run(): Promise<SystemCheckResult> {
    const startedAt = Date.now();
    const { database, engine, home, minFreeDiskMb, minFreeMemoryMb } = this.deps;
    const isOperator = this.deps.tenantId === this.deps.operatorTenantId;
    const memory = free('Memory', process.availableMemory(), minFreeMemoryMb);
    const [workers, ...others] = await Promise.all([
      within(() => freshWorkers(database)).catch(() => []),
      looked('Database', () => database.$queryRaw`SELECT version()`, versionIn),
      looked(
        'Schema',
        () => currentSchema(database),
        () => 'the tables are current',
      ),
      looked(
        'Temporal',
        () => engine.ping(),
        () => 'it answers',
      ),
      looked(
        'WriteAccess',
        () => written(home),
        () => 'a file was written and removed',
      ),
      freeDisk(home, minFreeDiskMb),
    ]);
    const checks = checklist(
      [...others, memory, queries(this.deps.slowQueries, isOperator)],
      workers,
    );
    return {
      status: checks[0]?.status ?? 'Healthy',
      checkedAt: new Date(startedAt).toISOString(),
      tookMs: Date.now() - startedAt,
      checks,
    };
  }
}

async function looked<T>(
  name: string,
  look: () => Promise<T>,
  tell: (found: T) => string,
): Promise<Looked> {
  try {
    return { name, status: 'Healthy', detail: tell(await within(look)) };
  } catch (error) {
    return { name, status: 'Unhealthy', detail: reasonOf(error) };
  }
}

/** A code of the system or of a library; their messages may name users, hosts and paths. */
function reasonOf(error: unknown): string {
  if (error instanceof Missing) return error.message;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
  return typeof code === 'string' && code !== ''
    ? `it does not work (${code})`
    : 'it does not answer';
}

class Missing extends Error {}

async function currentSchema(database: Database): Promise<void> {
  if (!(await isSchemaCurrent(database))) throw new Missing('migrations are missing');
}

function versionIn(rows: unknown): string {
  const [row] = rows as { version?: string }[];
  return /^PostgreSQL [\d.]+/.exec(row?.version ?? '')?.[0] ?? 'it answers';
}

async function written(home: string): Promise<void> {
  const folder = path.join(home, 'artifacts');
  const file = path.join(folder, `.system-check-${randomUUID()}`);
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(file, 'x');
  } finally {
    await rm(file, { force: true });
  }
}

async function freeDisk(home: string, leastMb: number): Promise<Looked> {
  try {
    const { bavail, bsize } = await statfs(home);
    return free('DiskSpace', bavail * bsize, leastMb);
  } catch (error) {
    return { name: 'DiskSpace', status: 'Unhealthy', detail: reasonOf(error) };
  }
}

/** One that was slow a while ago is told, and no reason to worry. */
const RECENT_MS = 10 * 60_000;

function queries(seen: Pick<SlowQueries, 'limitMs' | 'summary'>, isOperator: boolean): Looked {
  const { limitMs } = seen;
  const { all, slow, worst, lastAt } = seen.summary();
  const isRecent = slow > 0 && Date.now() - lastAt < RECENT_MS;
  const counted = `${slow} of ${all} took longer than ${limitMs} ms since this gateway began`;
  const slowest = worst ? `; the slowest ${worst.tookMs} ms` : '';
  const sql = worst && isOperator ? `: ${worst.sql}` : '';
  const detail = counted + slowest + sql;
  return { name: 'Queries', status: isRecent ? 'Degraded' : 'Healthy', detail };
}

function free(name: 'DiskSpace' | 'Memory', bytes: number, leastMb: number): Looked {
  const { value, detail } = enough(name === 'Memory' ? 'memory' : 'disk', bytes, leastMb);
  return { name, status: value, detail };
}
