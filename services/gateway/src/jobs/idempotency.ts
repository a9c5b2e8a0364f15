import { createHash } from 'node:crypto';
import { IDEMPOTENCY_HOURS, type Database, type Transaction } from '@aura/database';
import { Failure } from '@aura/failure';
import { canonicalJson } from '@aura/storage';
import { targetOf } from './job-links.js';
import type { Accepted } from '../videos/generate.js';

/** One request that carries an Idempotency-Key. */
export interface Claim {
  tenantId: string;
  route: string;
  key: string;
  requestHash: string;
}

/**
 * Takes the key for a job. Whoever comes second waits here until the first has committed, and then gets its job;
 * undefined where the key was free. Errors: IdempotencyKeyReused.
 */
export async function claimKey(
  tx: Transaction,
  claim: Claim,
  jobId: string,
): Promise<Accepted | undefined> {
  const { tenantId, route, key, requestHash } = claim;
  const taken = await tx.$executeRaw`
    INSERT INTO idempotency_keys AS old (tenant_id, route, key, request_hash, job_id)
    VALUES (${tenantId}, ${route}, ${key}, ${requestHash}, ${jobId}::uuid)
    ON CONFLICT (tenant_id, route, key) DO UPDATE
    SET request_hash = excluded.request_hash, job_id = excluded.job_id,
        created_at = excluded.created_at
    WHERE old.created_at < clock_timestamp() - ${IDEMPOTENCY_HOURS} * interval '1 hour'`;
  return taken === 1 ? undefined : earlierJob(tx, claim, new Date(0));
}

/** The job that this key was taken for within a day; undefined where there is none. Errors: IdempotencyKeyReused. */
export async function earlierJob(
  database: Database | Transaction,
  { tenantId, route, key, requestHash }: Claim,
  since = new Date(Date.now() - IDEMPOTENCY_HOURS * HOUR_MS),
): Promise<Accepted | undefined> {
  const first = await database.idempotencyKey.findFirst({
    where: { tenantId, route, key, createdAt: { gte: since } },
  });
  if (!first) return undefined;
  if (first.requestHash !== requestHash) {
    throw new Failure('IdempotencyKeyReused', 'This key came with another body before.');
  }
  const job = await database.job.findUniqueOrThrow({
    where: { id: first.jobId },
    select: { correlationId: true, createdAt: true, order: true },
  });
  const { correlationId, createdAt } = job;
  const targetDurationMs = targetOf(job);
  return { jobId: first.jobId, correlationId, createdAt, targetDurationMs, replayed: true };
}

const HOUR_MS = 60 * 60_000;

/** Equal for bodies that mean the same: the order of members and, unless they take something away, nulls do not count. */
export function hashOf(request: object, { doNullsCount = false } = {}): string {
  const counted = doNullsCount ? request : withoutNulls(request);
  return createHash('sha256').update(canonicalJson(counted)).digest('hex');
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member != null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

/** The `Idempotency-Key` header: 1 to 255 printable ASCII characters. */
export function idempotencyKeyOf(header: string | undefined): string | undefined {
  if (header === undefined || /^[\x20-\x7e]{1,255}$/.test(header)) return header;
  const message = 'must be 1 to 255 printable ASCII characters';
  throw new Failure('InvalidInput:Idempotency-Key', `Idempotency-Key ${message}.`, {
    fields: [{ field: 'Idempotency-Key', message }],
  });
}
