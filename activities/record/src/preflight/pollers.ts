import type { Client } from '@temporalio/client';
import { QUEUES, type WorkerStage } from '@aura/proto';

/** TASK_QUEUE_TYPE_ACTIVITY of Temporal's API. */
const ACTIVITY_QUEUE = 2;
/** A worker asks for work at least once a minute; one that has not asked for longer is gone. */
const POLL_SECONDS = 70;

/**
 * Of these stages, those whose queue is polled for activities by a worker that is there now. Times are
 * compared with each other, never with our clock, which need not be the server's: `stages` should hold
 * one that is surely polled.
 */
export async function polledStages(
  client: Client,
  stages: readonly WorkerStage[],
): Promise<Set<WorkerStage>> {
  const asking = stages.map(async (stage) => {
    return { stage, seconds: await lastPoll(client, QUEUES[stage]) };
  });
  // Where one fails the others are waited for too: a call left alone would outlive its connection.
  await Promise.allSettled(asking);
  const asked = await Promise.all(asking);
  const newest = Math.max(...asked.map(({ seconds }) => seconds));
  const there = asked.filter(({ seconds }) => seconds > 0 && seconds >= newest - POLL_SECONDS);
  return new Set(there.map(({ stage }) => stage));
}

/** When a worker last asked this queue for work, in seconds since 1970; 0 for never. */
async function lastPoll(client: Client, queue: string): Promise<number> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: queue },
    taskQueueType: ACTIVITY_QUEUE,
  });
  const times = (pollers ?? []).map(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0));
  return Math.max(0, ...times);
}
