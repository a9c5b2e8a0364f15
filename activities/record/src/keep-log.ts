import { safeText, transact, type Transaction } from '@aura/database';
import { MOST_LOG_LINES, type LogBatch, type LogLine, type Recorded } from '@aura/proto';
import type { RecordDependencies } from './create-record-activities.js';

/**
 * Keeps what a process has said of jobs, the newest lines of each. Numbers are given as lines arrive, under a lock of
 * their own: progress is not kept waiting. Lines that are there already, and those of jobs that are not, are left out.
 */
export async function keepLog(
  { database }: Pick<RecordDependencies, 'database'>,
  { origin, lines }: LogBatch,
): Promise<Recorded> {
  const jobs = byJob(safeText(lines));
  for (const [jobId, said] of jobs) {
    await transact(database, (tx) => keep(tx, { jobId, origin }, said));
  }
  return { seq: 0, state: '' };
}

async function keep(
  tx: Transaction,
  { jobId, origin }: { jobId: string; origin: string },
  lines: LogLine[],
): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${jobId}, ${LOCK}))`;
  const kept = await tx.$executeRaw`
    WITH newest AS (
      SELECT coalesce(max(seq), 0) AS seq FROM job_logs WHERE job_id = ${jobId}::uuid
    )
    INSERT INTO job_logs (job_id, seq, at, level, stage, message, code, fields, origin, line)
    SELECT jobs.id, newest.seq + row_number() OVER (ORDER BY number), said.at, said.level,
           said.stage, said.message, nullif(said.code, ''), said.fields, ${origin}, number
    FROM jobs, newest, jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) AS said (
      number int, at timestamptz, level smallint, stage text, message text, code text, fields jsonb
    )
    WHERE jobs.id = ${jobId}::uuid AND NOT EXISTS (
      SELECT FROM job_logs
      WHERE job_id = ${jobId}::uuid AND origin = ${origin} AND line = number
    )`;
  if (kept === 0) return;
  await tx.$executeRaw`
    DELETE FROM job_logs WHERE job_id = ${jobId}::uuid AND seq <= (
      SELECT max(seq) - ${MOST_LOG_LINES}::int FROM job_logs WHERE job_id = ${jobId}::uuid
    )`;
}

/** Tells these locks from those of others; the number means nothing. */
const LOCK = 418n;

function byJob(lines: readonly LogLine[]): Map<string, LogLine[]> {
  const jobs = new Map<string, LogLine[]>();
  for (const line of lines) jobs.set(line.videoId, [...(jobs.get(line.videoId) ?? []), line]);
  return jobs;
}
