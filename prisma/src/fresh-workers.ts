import type { WorkerReport } from '@aura/proto';
import type { Database, Transaction } from './create-database.js';

/** What the workers that are alive say of themselves: the reports of the last minute, by the database's clock. */
export async function freshWorkers(database: Database | Transaction): Promise<WorkerReport[]> {
  const rows = await database.$queryRaw<{ report: WorkerReport }[]>`
    SELECT report FROM worker_states
    WHERE at > clock_timestamp() - ${FRESH_MS} * interval '1 millisecond'
    ORDER BY worker_id`;
  return rows.map(({ report }) => report);
}

const FRESH_MS = 60_000;
