import type { Provider, Type } from '@nestjs/common';
import type { Database } from '@aura/database';
import { JobLogsController } from '../jobs/logs/job-logs.controller.js';
import { JobLogsReader } from '../jobs/logs/job-logs.js';

interface InsightDependencies {
  database: Database;
  tenantId: string;
}

/** The routes by which one sees why something went wrong. */
export const INSIGHT_CONTROLLERS: Type[] = [JobLogsController];

/** What these routes work with. */
export const INSIGHT_PARTS = [JobLogsReader];

export function insightParts(deps: InsightDependencies): Provider[] {
  return [{ provide: JobLogsReader, useValue: new JobLogsReader(deps) }];
}
