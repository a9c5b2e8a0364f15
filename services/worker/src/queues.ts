import { fileURLToPath } from 'node:url';
import {
  Worker,
  type ActivityInterceptorsFactory,
  type NativeConnection,
  type WorkerOptions,
} from '@temporalio/worker';
import { QUEUES, type WorkerStage } from '@aura/proto';
import type { Settings } from '@aura/config';

/** More scripts than voices, more voices than pictures: what each stage costs one machine. */
const SLOTS: Record<Exclude<WorkerStage, 'workflows' | 'compose-cpu' | 'compose-gpu'>, number> = {
  record: 20,
  script: 4,
  voice: 2,
  visuals: 2,
};

/** A workflow whose worker is gone waits so long for it before another may go on, from its history. */
const STICKY_MS = 2_000;

/** After the drain, what does not end by itself is ended. */
const FORCE_AFTER_MS = 10_000;

export interface QueueOptions {
  stage: WorkerStage;
  connection: NativeConnection;
  settings: Settings;
  activities: object;
  interceptor: ActivityInterceptorsFactory;
}

/** One Temporal worker for one queue. Only the workflow queue's carries the workflow bundle. */
export function createQueueWorker(options: QueueOptions): Promise<Worker> {
  const { stage, connection, settings } = options;
  const common: WorkerOptions = {
    connection,
    namespace: settings.TEMPORAL_NAMESPACE,
    taskQueue: QUEUES[stage],
    shutdownGraceTime: settings.AURA_DRAIN_MS,
    shutdownForceTime: settings.AURA_DRAIN_MS + FORCE_AFTER_MS,
    maxHeartbeatThrottleInterval: 1_000,
    defaultHeartbeatThrottleInterval: 1_000,
  };
  if (stage === 'workflows') {
    const codePath = fileURLToPath(new URL('workflow-bundle.js', import.meta.url));
    return Worker.create({
      ...common,
      workflowBundle: { codePath },
      maxCachedWorkflows: 200,
      stickyQueueScheduleToStartTimeout: STICKY_MS,
    });
  }
  return Worker.create({
    ...common,
    activities: options.activities,
    interceptors: { activity: [options.interceptor] },
    maxConcurrentActivityTaskExecutions:
      stage === 'compose-cpu'
        ? settings.AURA_COMPOSE_SLOTS
        : stage === 'compose-gpu'
          ? settings.AURA_GPU_SLOTS
          : SLOTS[stage],
  });
}
