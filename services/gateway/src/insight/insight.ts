import type { Provider, Type } from '@nestjs/common';
import type { Database } from '@aura/database';
import type { ArtifactStore } from '@aura/storage';
import { SystemCheck } from '../health/system/system-check.js';
import { SystemController } from '../health/system/system.controller.js';
import { JobLogsController } from '../jobs/logs/job-logs.controller.js';
import { JobLogsReader } from '../jobs/logs/job-logs.js';
import type { Engine } from '../temporal/engine.js';

interface InsightDependencies {
  /** The caller's tenant, when a request is answered. */
  readonly tenantId: string;
  database: Database;
  /** For what belongs to no tenant. */
  whole: Database;
  store: ArtifactStore;
  engine: Engine;
  home: string;
  minFreeDiskMb: number;
  minFreeMemoryMb: number;
}

/** The routes by which one sees why something went wrong, or will. */
export const INSIGHT_CONTROLLERS: Type[] = [JobLogsController, SystemController];

/** What these routes work with. */
export const INSIGHT_PARTS = [JobLogsReader, SystemCheck];

export function insightParts(deps: InsightDependencies): Provider[] {
  return [
    { provide: JobLogsReader, useValue: new JobLogsReader(deps) },
    { provide: SystemCheck, useValue: new SystemCheck(systemDeps(deps)) },
  ];
}

/** Without the tenant, which nobody may ask for while no request is answered. */
function systemDeps({ whole, engine, home, minFreeDiskMb, minFreeMemoryMb }: InsightDependencies) {
  return { database: whole, engine, home, minFreeDiskMb, minFreeMemoryMb };
}
