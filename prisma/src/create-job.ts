import { STEPS, type JobEventData, type MakeVideoInput } from '@aura/proto';
import type { Transaction } from './create-database.js';
import type { Job } from './generated/client.js';
import { safeText } from './safe-text.js';
import { searchWords } from './search-words.js';

export interface CreatedJob {
  id: string;
  createdAt: Date;
  /** False where this job was there already: an earlier attempt of the same transaction got through. */
  created: boolean;
}

/** What a job is known by beside its order. */
export interface JobFiling {
  tags?: readonly string[] | undefined;
  /** What the order was made from. */
  request?: object | undefined;
  /** How many runs may follow by themselves where one fails of something that may pass. */
  autoRetry?: number | undefined;
}

/**
 * Accepts an order: job, steps, first event (queued, number 1) and the outbox row that has its workflow
 * started, all in one statement of the caller's transaction. Idempotent by `input.job.videoId`. Nobody can
 * be watching a job that does not exist yet, so there is no notification (its lock would serialise commits).
 */
export async function createJob(
  tx: Transaction,
  input: MakeVideoInput,
  filing: JobFiling = {},
): Promise<CreatedJob> {
  const { job, ...order } = safeText(input);
  const { tags = [], request, autoRetry = 0 } = safeText(filing);
  const queued: JobEventData = {
    type: 'job-status',
    state: 'queued',
    percent: 0,
    stage: 'brief',
    message: '',
  };
  const [created] = await tx.$queryRaw<{ created_at: Date }[]>`
    WITH turn AS MATERIALIZED (
      -- As announceBeginning does.
      SELECT pg_advisory_xact_lock_shared(hashtext('aura: beginnings'), 0)
    ), moment AS MATERIALIZED (
      SELECT date_trunc('milliseconds', clock_timestamp()) AS at FROM turn
    ), job AS (
      INSERT INTO jobs (id, tenant_id, run, correlation_id, "order", request,
                        tags, auto_retry, words, created_at, queued_at, updated_at)
      SELECT ${job.videoId}::uuid, ${job.tenantId}, ${job.run}, ${job.correlationId},
             ${JSON.stringify(order)}::jsonb, ${request ? JSON.stringify(request) : null}::jsonb,
             ${tags}::text[], ${autoRetry}::int, ${searchWords(order.brief.text.slice(0, SEARCHED))}, at, at, at
      FROM moment
      ON CONFLICT (id) DO NOTHING
      RETURNING id, run, created_at
    ), step AS (
      INSERT INTO steps (job_id, name, position, stage)
      SELECT job.id, row.name, row.position, row.stage
      FROM job, jsonb_to_recordset(${STEP_ROWS}::jsonb) AS row(name text, position int, stage text)
    ), event AS (
      INSERT INTO job_events (job_id, seq, run, type, data, at)
      SELECT id, 1, run, ${queued.type}, ${JSON.stringify(queued)}::jsonb, created_at FROM job
    ), command AS (
      INSERT INTO outbox (job_id, command, run) SELECT id, 'start', run FROM job
    )
    SELECT created_at FROM job`;
  if (created) return { id: job.videoId, createdAt: created.created_at, created: true };
  const { createdAt } = await tx.job.findUniqueOrThrow({
    where: { id: job.videoId },
    select: { createdAt: true },
  });
  return { id: job.videoId, createdAt, created: false };
}

/** What a job's workflow is started with: the order as it was accepted. */
export function orderOf(
  job: Pick<Job, 'id' | 'run' | 'tenantId' | 'correlationId' | 'order'>,
): MakeVideoInput {
  const { id: videoId, run, tenantId, correlationId } = job;
  const order = job.order as unknown as Omit<MakeVideoInput, 'job'>;
  return { job: { videoId, run, tenantId, correlationId }, ...order };
}

/** Characters of a brief that it is found by. */
const SEARCHED = 20_000;

const STEP_ROWS = JSON.stringify(STEPS.map((step, position) => ({ ...step, position })));
