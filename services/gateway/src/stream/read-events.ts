import type { Database } from '@aura/database';
import type { JobEventData } from '@aura/proto';
import type { ReadEvents } from './event-feed.js';
import type { JobInWork } from './live-progress.js';

/** Reads what has been appended to several jobs in one query. */
export function eventReader(database: Database): ReadEvents {
  return async (cursors, limit) => {
    const rows = await database.$queryRaw<
      { job_id: string; seq: number; run: number; newest: number; at: Date; data: JobEventData }[]
    >`
      SELECT event.job_id, event.seq, event.run, event.at, event.data, job.run AS newest
      FROM unnest(${[...cursors.keys()]}::uuid[], ${[...cursors.values()]}::int[]) AS seen (job_id, seq)
      JOIN job_events event ON event.job_id = seen.job_id AND event.seq > seen.seq
      JOIN jobs job ON job.id = event.job_id
      ORDER BY event.job_id, event.seq
      LIMIT ${limit}`;
    return rows.map(({ job_id: jobId, newest: newestRun, ...event }) => {
      return { jobId, newestRun, ...event };
    });
  };
}

/** Reads the rows that live progress is interpolated from. */
export function jobsInWorkReader(database: Database): (ids: string[]) => Promise<JobInWork[]> {
  return async (ids) => {
    const rows = await database.job.findMany({
      where: { id: { in: ids } },
      select: {
        id: true,
        run: true,
        state: true,
        stage: true,
        percent: true,
        message: true,
        scenesDone: true,
        scenesTotal: true,
      },
    });
    return rows.map(({ id: jobId, ...job }) => ({ jobId, ...job }));
  };
}
