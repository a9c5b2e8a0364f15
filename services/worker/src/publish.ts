import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { QUEUES, type RecordActivities, type WorkerReport, type WorkerStage } from '@aura/proto';
import type { Settings } from '@aura/config';
import type { ArtifactStore } from '@aura/storage';
import type { Log } from '@aura/telemetry';
import { reportOf } from './capabilities.js';
import type { Stage } from './stages.js';

const EVERY_MS = 15_000;

export interface Publishing {
  workerId: string;
  stages: readonly (Stage & { name: WorkerStage })[];
  settings: Settings;
  store: ArtifactStore;
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
  const stopping = new AbortController();
  const running = repeat(publishing, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
      await withdraw(publishing);
    },
  };
}

async function repeat(publishing: Publishing, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await publish(publishing);
    } catch (error) {
      publishing.log.warn({ err: error }, 'report not published');
    }
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function publish(publishing: Publishing): Promise<void> {
  const { workerId, stages, settings, store } = publishing;
  const bucket = settings.AURA_STORE_URL === undefined ? undefined : store;
  await send(publishing, await reportOf(workerId, stages, settings, bucket));
}

/** A worker that was asked to stop is not counted on for another minute. */
async function withdraw(publishing: Publishing): Promise<void> {
  const { workerId, log } = publishing;
  try {
    await send(publishing, { workerId, stages: [], providers: [], checks: [] });
  } catch (error) {
    log.warn({ err: error }, 'report not withdrawn');
  }
}

async function send({ client, record }: Publishing, report: WorkerReport): Promise<void> {
  if (record) {
    await (record.activities as RecordActivities).publishWorker(report);
    return;
  }
  await client.activity.start('publishWorker', {
    id: `report-${report.workerId}`,
    taskQueue: QUEUES.record,
    args: [report],
    scheduleToCloseTimeout: EVERY_MS,
    idConflictPolicy: 'USE_EXISTING',
  });
}
