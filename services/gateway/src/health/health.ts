import { statfs } from 'node:fs/promises';
import { freshWorkers, type Database } from '@aura/database';
import type { Engine } from '../temporal/engine.js';
import { isSchemaCurrent } from './schema-current.js';
import {
  enough,
  healthy,
  servedStages,
  unhealthy,
  usableProviders,
  workerChecks,
  worst,
  type Finding,
} from './readiness.js';
import type { Readiness } from './readiness-schema.js';
import { within } from './within.js';

interface HealthDependencies {
  database: Database;
  engine: Pick<Engine, 'ping'>;
  /** AURA_HOME. */
  home: string;
  minFreeDiskMb: number;
  minFreeMemoryMb: number;
}

/** Many probes at once are one look. */
const KEPT_MS = 1_000;

/** Looks at everything that a film needs, cheaply and for real. */
export class Health {
  private latest: { findings: Promise<Findings>; keptUntil: number } | undefined;
  private hasStarted = false;

  constructor(private readonly deps: HealthDependencies) {}

  /**
   * Only who is known reads what machines say of themselves. Never rejects: what cannot be looked at is unhealthy.
   */
  async readiness({ isKnown = true } = {}): Promise<Readiness> {
    return summaryOf(await this.findings(), isKnown ? 'detail' : 'openDetail');
  }

  private findings(): Promise<Findings> {
    if (this.latest && Date.now() < this.latest.keptUntil) return this.latest.findings;
    const latest = { findings: this.look(), keptUntil: Infinity };
    void latest.findings.then(() => (latest.keptUntil = Date.now() + KEPT_MS));
    this.latest = latest;
    return latest.findings;
  }

  private async look(): Promise<Findings> {
    const [Startup, Database, workers, temporal, DiskSpace] = await Promise.all([
      this.startup(),
      this.databaseAnswers(),
      within(() => freshWorkers(this.deps.database)).catch(() => undefined),
      this.temporalAnswers(),
      this.diskSpace(),
    ]);
    const unknown = unhealthy('the reports of the workers cannot be read');
    return {
      Startup,
      Database,
      Dependencies: workers
        ? worst([temporal, servedStages(workers), workerChecks(workers)])
        : worst([temporal, unknown]),
      DiskSpace,
      Memory: enough('memory', process.availableMemory(), this.deps.minFreeMemoryMb),
      Providers: workers ? usableProviders(workers) : unknown,
    };
  }

  private async startup(): Promise<Finding> {
    if (this.hasStarted) return healthy('the schema is current');
    const isCurrent = await within(() => isSchemaCurrent(this.deps.database)).catch(
      () => undefined,
    );
    if (isCurrent === undefined) return unhealthy('the schema cannot be looked at');
    this.hasStarted = isCurrent;
    return isCurrent ? healthy('the schema is current') : unhealthy('migrations are missing');
  }

  private async databaseAnswers(): Promise<Finding> {
    return within(() => this.deps.database.$queryRaw`SELECT 1`).then(
      () => healthy('PostgreSQL answers'),
      () => unhealthy('PostgreSQL does not answer'),
    );
  }

  private async temporalAnswers(): Promise<Finding> {
    return within(() => this.deps.engine.ping()).then(
      () => healthy('Temporal answers'),
      () => unhealthy('Temporal does not answer; jobs are accepted and begin when it does'),
    );
  }

  private async diskSpace(): Promise<Finding> {
    return statfs(this.deps.home).then(
      ({ bavail, bsize }) => enough('disk', bavail * bsize, this.deps.minFreeDiskMb),
      () => unhealthy('AURA_HOME cannot be looked at'),
    );
  }
}

type Findings = Record<keyof Readiness['checks'], Finding>;

function summaryOf(findings: Findings, told: 'detail' | 'openDetail'): Readiness {
  const entries = Object.entries(findings);
  const checks = Object.fromEntries(entries.map(([name, { value }]) => [name, value]));
  const details = Object.fromEntries(entries.map(([name, finding]) => [name, finding[told]]));
  return { status: worst(Object.values(findings)).value, checks, details } as Readiness;
}
