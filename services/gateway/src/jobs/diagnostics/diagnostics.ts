import { readFileSync } from 'node:fs';
import os from 'node:os';
import { text as textOf } from 'node:stream/consumers';
import { freshWorkers, historyLabel, type Database } from '@aura/database';
import type { ArtifactStore } from '@aura/storage';
import { publicHistory } from '@aura/telemetry';
import type { SystemCheck } from '../../health/system/system-check.js';
import type { Engine } from '../../temporal/engine.js';
import type { JobView } from '../job-schema.js';
import { notFound } from '../jobs.js';
import type { JobLogsReader } from '../logs/job-logs.js';
import { logsQuery } from '../logs/logs-query.js';
import { readJob } from '../unchanged.js';
import type { BundleFile } from './bundle.js';
import { README } from './readme.js';

interface DiagnosticsDependencies {
  readonly tenantId: string;
  /** Whose admins run this server: others are not told of it. */
  operatorTenantId: string;
  database: Database;
  store: ArtifactStore;
  engine: Pick<Engine, 'history'>;
  logs: JobLogsReader;
  system: SystemCheck;
  /** Takes secrets out of a text. */
  clean: (text: string) => string;
  /** As they may be shown. */
  settings: Record<string, string>;
}

/** All that is known of a job, for whoever looks for what went wrong. */
export class Diagnostics {
  constructor(private readonly deps: DiagnosticsDependencies) {}

  /** Takes secrets out of a text. */
  readonly clean = (text: string): string => this.deps.clean(text);

  /** The files of a job's bundle. Errors: JobNotFound. */
  async files(jobId: string): Promise<BundleFile[]> {
    const { database, tenantId, logs } = this.deps;
    const isOperator = tenantId === this.deps.operatorTenantId;
    const job = await readJob(this.deps, jobId);
    if (!job) throw notFound();
    const where = { id: jobId, tenantId };
    const row = await database.job.findFirst({ where, select: { failureDetails: true } });
    return [
      { name: 'README.md', make: async () => README },
      file('problem.json', async () =>
        problemOf(job, isOperator ? (row?.failureDetails ?? null) : undefined),
      ),
      file('job.json', async () => job),
      { name: 'events.jsonl', make: () => this.events(jobId) },
      {
        name: 'logs.jsonl',
        make: async () => {
          const { lines } = await logs.page(jobId, logsQuery.parse({ limit: '1000' }));
          return linesOf(lines);
        },
      },
      ...Array.from({ length: job.run }, (_, index) => this.history(jobId, index + 1, job.run)),
      ...(isOperator ? this.ofServer() : []),
      file('versions.json', () => versions(database)),
    ];
  }

  private ofServer(): BundleFile[] {
    const { database, system, settings } = this.deps;
    return [
      file('system.json', () => system.run()),
      file('workers.json', () => freshWorkers(database)),
      file('settings.json', async () => settings),
    ];
  }

  private async events(jobId: string): Promise<string> {
    const rows = await this.deps.database.jobEvent.findMany({
      where: { jobId },
      orderBy: { seq: 'asc' },
    });
    return linesOf(rows.map(({ seq, run, at, data }) => ({ seq, run, at, data })));
  }

  /** As it was archived, else as Temporal has it so far. */
  private history(jobId: string, run: number, newest: number): BundleFile {
    const { database, store, engine, clean } = this.deps;
    const make = async () => {
      const label = run < newest ? historyLabel(run) : '';
      const kept = await database.artifact.findFirst({ where: { jobId, kind: 'history', label } });
      if (kept && !kept.expiredAt) {
        const { sha256, mediaType } = kept;
        const blob = { sha256, bytes: Number(kept.bytes), mediaType };
        return publicHistory(await textOf(await store.read(blob)), clean);
      }
      const history = await engine.history(jobId, run);
      if (history === undefined) throw new NoHistory();
      return publicHistory(history, clean);
    };
    return { name: `history/run-${run}.json`, make };
  }
}

/** Made readable: these are looked at by people. */
function file(name: string, make: () => Promise<unknown>): BundleFile {
  return { name, make: async () => `${JSON.stringify(await make(), null, 2)}\n` };
}

class NoHistory extends Error {
  override readonly name = 'Temporal has no history of this run any more';
}

function problemOf(job: JobView, details: string | null | undefined): object {
  const { jobId, run, state, stage, percent, error, warnings, correlationId } = job;
  return { jobId, run, state, stage, percent, error, details, warnings, correlationId };
}

function linesOf(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

async function versions(database: Database): Promise<object> {
  const [row] = await database.$queryRaw<{ version: string }[]>`SELECT version()`;
  const { version } = JSON.parse(readFileSync(OWN_PACKAGE, 'utf8')) as { version: string };
  return {
    aura: version,
    node: process.version,
    postgresql: row?.version,
    system: `${os.type()} ${os.release()} ${os.arch()}`,
    cpus: os.cpus().length,
    memoryMb: Math.round(os.totalmem() / 2 ** 20),
  };
}

const OWN_PACKAGE = new URL('../../../package.json', import.meta.url);
