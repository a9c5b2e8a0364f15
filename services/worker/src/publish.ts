import type { Client } from '@temporalio/client';
import { QUEUES, type RecordActivities, type WorkerReport, type WorkerStage } from '@aura/proto';
import type { Settings } from '@aura/config';
import type { Log } from '@aura/telemetry';
import { reportOf } from './capabilities.js';
import type { Stage } from './stages.js';

const EVERY_MS = 15_000;

export interface Publishing {
  workerId: string;
  stages: readonly (Stage & { name: WorkerStage })[];
  settings: Settings;
  client: Client;
  /** This worker's own record stage, where it serves one. */
  record: Stage | undefined;
  log: Log;
}

/**
 * Tells every 15 s what this worker has and lacks. A worker without the database sends its report through
 * the record queue as an activity of its own.
 */
export function startPublishing(publishing: Publishing): { stop(): Promise<void> } {
  let stopped = false;
  let wake = () => {};
  const running = (async () => {
    while (!stopped) {
      await publish(publishing).catch((error: unknown) =>
        publishing.log.warn({ error: String(error) }, 'report not published'),
      );
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
        if (stopped) wake();
      });
    }
  })();
  return {
    stop: () => {
      stopped = true;
      wake();
      return running;
    },
  };
}

async function publish({ workerId, stages, settings, client, record }: Publishing): Promise<void> {
  const names = stages.map(({ name }) => name);
  const report: WorkerReport = await reportOf(workerId, names, stages, settings);
  if (record) {
    await (record.activities as RecordActivities).publishWorker(report);
    return;
  }
  await client.activity.start('publishWorker', {
    id: `report-${workerId}`,
    taskQueue: QUEUES.record,
    args: [report],
    scheduleToCloseTimeout: EVERY_MS,
    idConflictPolicy: 'USE_EXISTING',
  });
}
