import { Prisma, type Database } from '@aura/database';
import type { ErrorsQuery } from './errors-schema.js';

/** Where a code was met: jobs that ended with it, pieces of work that failed with it, requests that were refused with it. */
export type MetIn = 'jobs' | 'attempts' | 'requests';

/** One code in one place, with one of its newest examples. */
export interface MetRow {
  code: string;
  met: MetIn;
  count: number;
  at: Date;
  job_id: string | null;
  full_code: string;
  message: string;
  stage: string | null;
  correlation_id: string | null;
}

interface Reading {
  /** Sees the rows of the tenant alone. */
  database: Database;
  /** The audit log is not for requests themselves. */
  whole: Database;
  tenantId: string;
}

const MOST_EXAMPLES = 3;
const MOST_CODES = 100;

/**
 * What a tenant's jobs, work and requests have failed with in a time: up to three rows for each code and place, each with
 * the count of all. Codes of wrong fields are one: users can name as many fields as they like.
 */
export async function readErrors(reading: Reading, query: ErrorsQuery): Promise<MetRow[]> {
  const rows = await Promise.all([
    ofJobs(reading, query),
    ofAttempts(reading, query),
    ofRequests(reading, query),
  ]);
  return rows.flat();
}

function ofJobs({ database, tenantId }: Reading, { from, to }: ErrorsQuery): Promise<MetRow[]> {
  return newestOf(
    database,
    Prisma.sql`
      SELECT error ->> 'code' AS code, 'jobs' AS met, ended_at AS at, id::text AS job_id,
             error ->> 'code' AS full_code, error ->> 'message' AS message,
             nullif(error ->> 'stage', '') AS stage, correlation_id
      FROM jobs
      WHERE tenant_id = ${tenantId} AND state = 'failed' AND error IS NOT NULL
        AND ended_at >= ${from}::timestamptz AND ended_at < ${to}::timestamptz
  `,
  );
}

function ofAttempts({ database, tenantId }: Reading, { from, to }: ErrorsQuery): Promise<MetRow[]> {
  return newestOf(
    database,
    Prisma.sql`
      SELECT code, 'attempts' AS met, at, job_id::text AS job_id, code AS full_code,
             coalesce(fields ->> 'detail', message) AS message, nullif(job_logs.stage, '') AS stage,
             correlation_id
      FROM job_logs JOIN (SELECT id, correlation_id, tenant_id FROM jobs) AS job ON id = job_id
      WHERE tenant_id = ${tenantId} AND code IS NOT NULL AND fields ? 'attempt'
        AND at >= ${from}::timestamptz AND at < ${to}::timestamptz
  `,
  );
}

function ofRequests({ whole, tenantId }: Reading, { from, to }: ErrorsQuery): Promise<MetRow[]> {
  return newestOf(
    whole,
    Prisma.sql`
      SELECT CASE WHEN code LIKE 'InvalidInput:%' THEN 'InvalidInput' ELSE code END AS code,
             'requests' AS met, at, NULL AS job_id, code AS full_code,
             method || ' ' || path AS message, NULL AS stage, correlation_id
      FROM audit_log
      WHERE tenant_id = ${tenantId} AND code IS NOT NULL
        AND at >= ${from}::timestamptz AND at < ${to}::timestamptz
  `,
  );
}

/** Of what was met, the newest rows of each code, with the count of all. */
function newestOf(database: Database, met: Prisma.Sql): Promise<MetRow[]> {
  return database.$queryRaw`
    WITH met AS (${met}), numbered AS (
      SELECT *, row_number() OVER (PARTITION BY code ORDER BY at DESC) AS place,
             count(*) OVER (PARTITION BY code)::int AS count
      FROM met
    )
    SELECT * FROM numbered WHERE place <= ${MOST_EXAMPLES}
    ORDER BY count DESC, code, place LIMIT ${MOST_CODES * MOST_EXAMPLES}`;
}
