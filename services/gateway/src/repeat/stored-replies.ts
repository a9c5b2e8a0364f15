import { AsyncLocalStorage } from 'node:async_hooks';
import { IDEMPOTENCY_HOURS, type Database, type Transaction } from '@aura/database';
import { Failure } from '@aura/failure';

/** One request that carries an Idempotency-Key. */
export interface Repeatable {
  tenantId: string;
  /** Method and pattern of the route. */
  route: string;
  key: string;
  requestHash: string;
  /** Whom its answer tells of: it is deleted with the job. */
  jobId?: string | undefined;
}

/** What was answered. */
export interface Reply {
  status: number;
  location: string | null;
  /** Null where the answer has none. */
  body: object | null;
}

/** Who works an answer out has it alone for so long, unless he extends it: a gateway that dies frees its keys. */
export const LEASE_MS = 15_000;

/**
 * Takes the key: `taken` for whoever is to work the answer out, the answer where there is one, `busy` while somebody else
 * works on it. Errors: IdempotencyKeyReused.
 */
export async function takeKey(
  database: Database,
  { tenantId, route, key, requestHash, jobId }: Repeatable,
): Promise<Reply | 'taken' | 'busy'> {
  const taken = await database.$executeRaw`
    INSERT INTO stored_replies AS old (tenant_id, route, key, request_hash, job_id, lease_until)
    VALUES (${tenantId}, ${route}, ${key}, ${requestHash}, ${jobId ?? null}::uuid,
            clock_timestamp() + ${LEASE_MS} * interval '1 millisecond')
    ON CONFLICT (tenant_id, route, key) DO UPDATE
    SET request_hash = excluded.request_hash, job_id = excluded.job_id, status = NULL,
        location = NULL, body = NULL, created_at = excluded.created_at,
        lease_until = excluded.lease_until
    WHERE old.created_at < clock_timestamp() - ${IDEMPOTENCY_HOURS} * interval '1 hour'
       OR (old.status IS NULL AND old.lease_until < clock_timestamp()
           AND old.request_hash = excluded.request_hash)`;
  if (taken === 1) return 'taken';
  const id = { tenantId_route_key: { tenantId, route, key } };
  const first = await database.storedReply.findUnique({ where: id });
  // Freed in between: its request was refused.
  if (!first) return 'busy';
  if (first.requestHash !== requestHash) {
    throw new Failure('IdempotencyKeyReused', 'This key came with another request before.');
  }
  const { status, location, body } = first;
  return status === null ? 'busy' : { status, location, body: parsed(body) };
}

/** The answer is still being worked out. */
export async function extendLease(database: Database, claim: Repeatable): Promise<void> {
  const { tenantId, route, key } = claim;
  await database.$executeRaw`
    UPDATE stored_replies
    SET lease_until = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond'
    WHERE tenant_id = ${tenantId} AND route = ${route} AND key = ${key} AND status IS NULL`;
}

/** The claim of the request that is being answered. */
const answering = new AsyncLocalStorage<Repeatable>();

export function answerFor<T>(claim: Repeatable, work: () => T): T {
  return answering.run(claim, work);
}

/**
 * Keeps the answer to the request in work, where it has a key, in the very transaction that does what was asked: so it is
 * done once, whatever becomes of the gateway. Errors: IdempotencyKeyInUse where another has answered meanwhile.
 */
export async function keepReplyWith(tx: Transaction, reply: Reply): Promise<void> {
  const claim = answering.getStore();
  if (!claim || (await keepReply(tx, claim, reply)) > 0) return;
  const message = 'Another request with this key has been answered meanwhile.';
  throw new Failure('IdempotencyKeyInUse', message, { retryAfterMs: 1_000 });
}

/** Keeps the answer for whoever asks again, unless it is kept already; says how many were. */
export async function keepReply(
  database: Database | Transaction,
  { tenantId, route, key, requestHash }: Repeatable,
  { body, ...reply }: Reply,
): Promise<number> {
  const where = { tenantId, route, key, requestHash, status: null };
  const data = { ...reply, body: body && JSON.stringify(body) };
  const { count } = await database.storedReply.updateMany({ where, data });
  return count;
}

/** The request was refused, so nothing has happened: the key is free again. */
export async function freeKey(database: Database, claim: Repeatable): Promise<void> {
  const { tenantId, route, key, requestHash } = claim;
  const where = { tenantId, route, key, requestHash, status: null };
  await database.storedReply.deleteMany({ where });
}

function parsed(text: string | null): object | null {
  return text === null ? null : (JSON.parse(text) as object);
}
