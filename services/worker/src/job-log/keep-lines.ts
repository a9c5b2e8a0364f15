import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { QUEUES, type LogBatch, type RecordActivities } from '@aura/proto';
import type { Log } from '@aura/telemetry';
import type { Stage } from '../stages.js';
import type { JobLines } from './job-lines.js';

const EVERY_MS = 1_000;
/** After a failure. The lines wait meanwhile. */
const PAUSE_MS = 10_000;
const LAST_MS = 2_000;
/** For so long Temporal keeps a batch that the record stage cannot take. */
const HELD_MS = 60 * 60_000;

export interface Keeping {
  lines: JobLines;
  client: Client;
  /** This worker's own record stage, where it serves one. */
  record: Stage | undefined;
  log: Log;
}

/**
 * Hands over what this process says of jobs every second: to its own record stage, or through the record queue as an
 * activity of its own, as its reports go. `stop` hands over the last, unless that takes too long.
 */
export function startKeepingLines(keeping: Keeping): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = repeat(keeping, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      const last = running.then(() => handOver(keeping)).catch(() => undefined);
      await Promise.race([last, sleep(LAST_MS, undefined, { ref: false })]);
    },
  };
}

async function repeat(keeping: Keeping, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const pauseMs = await handOver(keeping).then(
      () => EVERY_MS,
      (error: unknown) => {
        keeping.log.warn({ err: error }, 'lines not handed over');
        return PAUSE_MS;
      },
    );
    await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

async function handOver({ lines, client, record }: Keeping): Promise<void> {
  for (let batch = lines.batch(); batch; batch = lines.batch()) {
    await (record ? (record.activities as RecordActivities).keepLog(batch) : send(client, batch));
    lines.kept(batch);
  }
}

/** A batch that is sent again, because the answer to the first was lost, is the same activity. */
async function send(client: Client, batch: LogBatch): Promise<void> {
  const numbers = [batch.lines[0]?.number, batch.lines.at(-1)?.number];
  await client.activity.start('keepLog', {
    id: `log-${batch.origin}-${numbers.join('-')}`,
    taskQueue: QUEUES.record,
    args: [batch],
    scheduleToCloseTimeout: HELD_MS,
    idConflictPolicy: 'USE_EXISTING',
  });
}
