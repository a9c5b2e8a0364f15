import { safeText } from '@aura/database';
import type { Recorded, WorkerReport } from '@aura/proto';
import type { RecordDependencies } from './create-record-activities.js';

/**
 * Keeps what a worker says of itself, under the database's clock: those of workers need not agree. One that
 * serves no stage any more is leaving and is forgotten at once.
 */
export async function publishWorker(
  { database }: RecordDependencies,
  report: WorkerReport,
): Promise<Recorded> {
  const { workerId, ...said } = safeText(report);
  if (said.stages.length === 0) {
    await database.workerState.deleteMany({ where: { workerId } });
    return { seq: 0, state: '' };
  }
  await database.$executeRaw`
    INSERT INTO worker_states (worker_id, report, at)
    VALUES (${workerId}, ${JSON.stringify({ workerId, ...said })}::jsonb, clock_timestamp())
    ON CONFLICT (worker_id) DO UPDATE SET report = excluded.report, at = excluded.at`;
  return { seq: 0, state: '' };
}
