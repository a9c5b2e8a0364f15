import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { workflowIdOf } from '@aura/proto';
import type { temporal } from '@temporalio/proto';
import type { Stack } from './stack.js';
import { until } from './wait.js';

export type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/** One activity as the history tells it. */
export interface ActivityTale {
  name: string;
  activityId: string;
  /** Of the attempt that ended it. */
  attempt: number;
  outcome: 'completed' | 'failed' | 'timed out' | 'canceled' | 'open';
}

/** Asks the stack's Temporal server, with a connection of its own each time: the server may have been killed. */
export async function withTemporal<T>(
  { temporalAddress }: Pick<Stack, 'temporalAddress'>,
  ask: (client: Client) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address: temporalAddress, connectTimeout: 5_000 });
  try {
    return await ask(new Client({ connection, namespace: 'aura' }));
  } finally {
    await connection.close();
  }
}

/** The whole history of a job, once its workflow has ended, which it does a moment after the job. */
export async function historyOf(
  stack: Pick<Stack, 'temporalAddress'>,
  jobId: string,
  run = 1,
): Promise<HistoryEvent[]> {
  return (await historyProtoOf(stack, jobId, run)).events ?? [];
}

export async function historyJson(
  stack: Pick<Stack, 'temporalAddress'>,
  jobId: string,
  run = 1,
): Promise<string> {
  return historyToJSON(await historyProtoOf(stack, jobId, run));
}

function historyProtoOf(stack: Pick<Stack, 'temporalAddress'>, jobId: string, run: number) {
  return withTemporal(stack, async (client) => {
    const handle = client.workflow.getHandle(workflowIdOf(jobId, run));
    const isClosed = async () => (await handle.describe()).status.name !== 'RUNNING';
    await until(`the workflow of job ${jobId} ends`, isClosed, 10_000);
    return handle.fetchHistory();
  });
}

/** Every activity that was scheduled, in order, with what came of it. */
export function activitiesIn(events: readonly HistoryEvent[]): ActivityTale[] {
  const tales = new Map<number, ActivityTale>();
  const tale = (eventId: unknown) => tales.get(Number(eventId));
  for (const event of events) {
    const scheduled = event.activityTaskScheduledEventAttributes;
    if (scheduled) {
      tales.set(Number(event.eventId), {
        name: scheduled.activityType?.name ?? '',
        activityId: scheduled.activityId ?? '',
        attempt: 0,
        outcome: 'open',
      });
    }
    const started = event.activityTaskStartedEventAttributes;
    if (started) Object.assign(tale(started.scheduledEventId) ?? {}, { attempt: started.attempt });
    for (const [end, outcome] of endsOf(event)) {
      Object.assign(tale(end.scheduledEventId) ?? {}, { outcome });
    }
  }
  return [...tales.values()];
}

function endsOf(event: HistoryEvent) {
  return (
    [
      [event.activityTaskCompletedEventAttributes, 'completed'],
      [event.activityTaskFailedEventAttributes, 'failed'],
      [event.activityTaskTimedOutEventAttributes, 'timed out'],
      [event.activityTaskCanceledEventAttributes, 'canceled'],
    ] as const
  ).flatMap(([end, outcome]) => (end ? [[end, outcome] as const] : []));
}

/** The workflow worker's own trouble: tasks that failed or timed out, which a history should not have. */
export function failedWorkflowTasks(events: readonly HistoryEvent[]): HistoryEvent[] {
  return events.filter((event) => event.workflowTaskFailedEventAttributes);
}
