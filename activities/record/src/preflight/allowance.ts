import { reserveAllowance } from '@aura/database';
import type { PreflightReport, PreflightRequest, ProviderReport } from '@aura/proto';
import { estimateCost } from '@aura/provider';
import type { RecordDependencies } from '../create-record-activities.js';

/** What a job may spend, as its preflight tells it. */
type Allowance = Pick<PreflightReport, 'capUsd' | 'capOfDay'>;

/**
 * What the calls of a job may cost together, in US dollars, reserved of the day's budget; nothing where
 * nothing limits it. Idempotent. Errors: DatabaseUnavailable.
 */
export async function allowanceOf(
  { database, settings }: Pick<RecordDependencies, 'database' | 'settings'>,
  { job, brief, plan, budget }: PreflightRequest,
  providers: readonly ProviderReport[],
): Promise<Allowance> {
  const film = { durationMs: plan?.targetDurationMs ?? 0, briefCharacters: brief.text.length };
  const worst = estimateCost(film, firstsOf(providers)).map(({ worstUsd }) => worstUsd);
  const ownUsd = budget?.capUsd ?? settings.AURA_JOB_BUDGET_USD;
  const dayBudgetUsd = settings.AURA_DAY_BUDGET_USD;
  const capUsd = await reserveAllowance(database, {
    jobId: job.videoId,
    tenantId: job.tenantId,
    capUsd: ownUsd,
    expectedUsd: worst.reduce((sum, usd) => sum + usd, 0),
    dayBudgetUsd,
  });
  if (capUsd === undefined) return {};
  const isOfDay = dayBudgetUsd !== undefined && capUsd < (ownUsd ?? Infinity);
  return { capUsd, ...(isOfDay ? { capOfDay: true } : {}) };
}

function firstsOf(providers: readonly ProviderReport[]): ProviderReport[] {
  return providers.filter(
    ({ stage }, at) => providers.findIndex((other) => other.stage === stage) === at,
  );
}
