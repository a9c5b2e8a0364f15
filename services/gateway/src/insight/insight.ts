import type { Provider, Type } from '@nestjs/common';
import type { Database, SlowQueries } from '@aura/database';
import type { ArtifactStore } from '@aura/storage';
import { withoutCredentials, withoutSecrets } from '@aura/telemetry';
import { ErrorsController, ErrorView } from '../errors/errors.controller.js';
import { forCallersTenant } from '../guard/principal.js';
import { SystemCheck } from '../health/system/system-check.js';
import { SystemController } from '../health/system/system.controller.js';
import { Diagnostics } from '../jobs/diagnostics/diagnostics.js';
import { DiagnosticsController } from '../jobs/diagnostics/diagnostics.controller.js';
import { JobLogsController } from '../jobs/logs/job-logs.controller.js';
import { JobLogsReader } from '../jobs/logs/job-logs.js';
import type { Engine } from '../temporal/engine.js';

interface InsightDependencies {
  /** Whose admins run this server, and are told of it. */
  operatorTenantId: string;
  database: Database;
  /** For what belongs to no tenant. */
  whole: Database;
  slowQueries: SlowQueries;
  store: ArtifactStore;
  engine: Engine;
  home: string;
  minFreeDiskMb: number;
  minFreeMemoryMb: number;
  /** The settings as they may be shown, and what must never be. */
  about?: { settings: Record<string, string>; secrets: readonly string[] };
}

/** The routes by which one sees why something went wrong, or will. */
export const INSIGHT_CONTROLLERS: Type[] = [
  JobLogsController,
  DiagnosticsController,
  SystemController,
  ErrorsController,
];

/** What these routes work with. */
export const INSIGHT_PARTS = [JobLogsReader, Diagnostics, SystemCheck, ErrorView];

export function insightParts(deps: InsightDependencies): Provider[] {
  const { about } = deps;
  const logs = new JobLogsReader(forCallersTenant({ database: deps.database }));
  const system = new SystemCheck(forCallersTenant(systemDeps(deps)));
  const { database, whole, store, engine, operatorTenantId } = deps;
  const settings = about?.settings ?? {};
  const known = withoutSecrets(about?.secrets ?? []);
  const clean = (text: string) => withoutCredentials(known(text));
  const made = { logs, system, settings, clean };
  const diagnostics = new Diagnostics(
    forCallersTenant({ database, store, engine, operatorTenantId, ...made }),
  );
  return [
    { provide: JobLogsReader, useValue: logs },
    { provide: Diagnostics, useValue: diagnostics },
    { provide: SystemCheck, useValue: system },
    { provide: ErrorView, useValue: new ErrorView(forCallersTenant({ database, whole })) },
  ];
}

function systemDeps(deps: InsightDependencies) {
  const { whole, slowQueries, engine, home, minFreeDiskMb, minFreeMemoryMb } = deps;
  const { operatorTenantId } = deps;
  const least = { minFreeDiskMb, minFreeMemoryMb };
  return { database: whole, slowQueries, engine, home, operatorTenantId, ...least };
}
