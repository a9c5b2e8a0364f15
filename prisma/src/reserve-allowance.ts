import { Failure } from '@aura/failure';
import type { JobCost } from '@aura/proto';
import type { Database, Transaction } from './create-database.js';
import { transact } from './transact.js';

export interface AllowanceWish {
  jobId: string;
  tenantId: string;
  /** The job's own cap, in US dollars; undefined for none. */
  capUsd: number | undefined;
  /** What the job is expected to cost at most: what it takes of the day's budget where it has no cap. */
  expectedUsd: number;
  /** Of one tenant and one day (UTC); undefined for none. */
  dayBudgetUsd: number | undefined;
}

/**
 * What a job may spend: its own cap, or less where the day's budget does not hold so much any more. It is
 * reserved until the job ends; from then on what it has really cost counts. Jobs of one tenant take turns, so
 * that together they never reserve more than the day has. A job that is still running at midnight counts for the
 * new day too; one that stands still for its user then holds nothing of the new day until it goes on, and may then spend
 * what it had reserved, whatever others have reserved meanwhile. The next run of a job reserves anew: what the runs before it have cost is part of what it gets, and of the day on
 * which they ended. Undefined where nothing limits it. Idempotent: a run keeps what it got first. Errors: JobNotFound.
 */
export async function reserveAllowance(
  database: Database,
  wish: AllowanceWish,
): Promise<number | undefined> {
  const { jobId, tenantId, capUsd, expectedUsd, dayBudgetUsd } = wish;
  if (capUsd === undefined && dayBudgetUsd === undefined) return undefined;
  return transact(database, async (tx) => {
    await tx.$executeRaw`
      SELECT pg_advisory_xact_lock(hashtext('aura: budget'), hashtext(${tenantId}))`;
    const job = await tx.job.findUnique({
      where: { id: jobId },
      select: { allowanceUsd: true, cost: true },
    });
    // Without its row nothing can be reserved, and nothing reserved must not read as nothing limited.
    if (!job) throw new Failure('JobNotFound', 'The job that asks for a budget does not exist.');
    if (job.allowanceUsd !== null) return job.allowanceUsd;
    const ownUsd = usdOf(job.cost);
    const wanted = capUsd ?? ownUsd + expectedUsd;
    // Its own runs before are counted with the day, and may be spent no more either.
    const left =
      dayBudgetUsd === undefined
        ? wanted
        : dayBudgetUsd - (await spentToday(tx, tenantId)) + ownUsd;
    const allowanceUsd = Math.max(0, Math.min(wanted, left));
    await tx.job.update({ where: { id: jobId }, data: { allowanceUsd }, select: { id: true } });
    return allowanceUsd;
  });
}

/**
 * Lets a job spend more than it had reserved, as far as the day's budget goes: never less than before. Gives what it may
 * spend from now on.
 */
export async function raiseAllowance(
  tx: Transaction,
  {
    jobId,
    tenantId,
    capUsd,
    dayBudgetUsd,
  }: Omit<AllowanceWish, 'expectedUsd' | 'capUsd'> & { capUsd: number },
): Promise<number> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(hashtext('aura: budget'), hashtext(${tenantId}))`;
  const { allowanceUsd } = await tx.job.findUniqueOrThrow({
    where: { id: jobId },
    select: { allowanceUsd: true },
  });
  if (allowanceUsd === null) return capUsd;
  const left =
    dayBudgetUsd === undefined
      ? capUsd
      : allowanceUsd + dayBudgetUsd - (await spentToday(tx, tenantId, jobId));
  const raised = Math.max(allowanceUsd, Math.min(capUsd, left));
  await tx.job.update({
    where: { id: jobId },
    data: { allowanceUsd: raised },
    select: { id: true },
  });
  return raised;
}

/**
 * What a tenant's jobs of today (UTC) leave of a day's budget, in US dollars: 0 where it is used up; undefined where
 * there is none.
 */
export async function dayLeftUsd(
  database: Database | Transaction,
  tenantId: string,
  dayBudgetUsd: number | undefined,
): Promise<number | undefined> {
  if (dayBudgetUsd === undefined) return undefined;
  return Math.max(0, dayBudgetUsd - (await spentToday(database, tenantId)));
}

function usdOf(cost: unknown): number {
  const { sureUsd = 0, possibleUsd = 0 } = (cost ?? {}) as Partial<JobCost>;
  return sureUsd + possibleUsd;
}

/**
 * Jobs that run count with what they have reserved, those that have ended, or wait for their next run, with what they
 * cost; those that have stood still since before today with nothing, save the one that goes on now.
 */
async function spentToday(
  database: Database | Transaction,
  tenantId: string,
  goesOn: string | null = null,
): Promise<number> {
  const [row] = await database.$queryRaw<{ usd: number }[]>`
    WITH today AS (
      SELECT date_trunc('day', clock_timestamp() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS begins
    )
    SELECT (
      (SELECT coalesce(sum(CASE
        WHEN state IN ('paused', 'awaiting-approval') AND updated_at < begins
          AND id IS DISTINCT FROM ${goesOn}::uuid THEN 0
        WHEN ended_at IS NULL AND allowance_usd IS NOT NULL THEN allowance_usd
        ELSE (cost->>'sureUsd')::float8 + (cost->>'possibleUsd')::float8
      END), 0) FROM jobs, today
      WHERE tenant_id = ${tenantId} AND (ended_at IS NULL OR ended_at >= begins)) +
      (SELECT coalesce(sum(usd), 0) FROM deleted_costs, today
      WHERE tenant_id = ${tenantId} AND ended_at >= begins)
    )::float8 AS usd`;
  return row?.usd ?? 0;
}
