import { reserveAllowance } from '@aura/database';
import type { PreflightRequest, ProviderReport } from '@aura/proto';
import { estimateCost } from '@aura/provider';
import type { RecordDependencies } from '../create-record-activities.js';

/**
 * What the calls of a job may cost together, in US dollars, reserved of the day's budget; undefined where
 * nothing limits it. Idempotent. Errors: DatabaseUnavailable.
 */
export async function allowanceOf(
  { database, settings }: Pick<RecordDependencies, 'database' | 'settings'>,
  { job, brief, plan, budget }: PreflightRequest,
  providers: readonly ProviderReport[],
): Promise<number | undefined> {
  const film = { durationMs: plan?.targetDurationMs ?? 0, briefCharacters: brief.text.length };
  const worst = estimateCost(film, firstsOf(providers)).map(({ worstUsd }) => worstUsd);
  return reserveAllowance(database, {
    jobId: job.videoId,
    tenantId: job.tenantId,
    capUsd: budget?.capUsd ?? settings.AURA_JOB_BUDGET_USD,
    expectedUsd: worst.reduce((sum, usd) => sum + usd, 0),
    dayBudgetUsd: settings.AURA_DAY_BUDGET_USD,
  });
}

function firstsOf(providers: readonly ProviderReport[]): ProviderReport[] {
  return providers.filter(
    ({ stage }, at) => providers.findIndex((other) => other.stage === stage) === at,
  );
}
