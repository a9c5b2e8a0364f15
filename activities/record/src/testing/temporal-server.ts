import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { freePort, removeHome, startTemporal } from '@aura/local';
import { MAKE_VIDEO, QUEUES, workflowIdOf, type WorkerStage } from '@aura/proto';

/** A real Temporal server of its own, with nobody on its queues but whom a test puts there. */
export async function startTemporalServer() {
  const home = await mkdtemp(path.join(tmpdir(), 'aura-temporal-'));
  const [port, uiPort] = [await freePort(), await freePort()];
  const server = await startTemporal({ home, port, uiPort });
  await server.ready;
  const connection = await Connection.connect({ address: server.address });
  const client = new Client({ connection, namespace: 'aura' });
  const leaving = new AbortController();
  return {
    client,

    /** Asks for activities of these queues, as a worker does. */
    poll(...stages: WorkerStage[]): void {
      for (const stage of stages) void poll(client, QUEUES[stage], leaving.signal);
    },

    /** Starts a video's workflow, which nobody works on. */
    start(videoId: string) {
      return client.workflow.start(MAKE_VIDEO, {
        workflowId: workflowIdOf(videoId),
        taskQueue: QUEUES.workflows,
      });
    },

    async stop() {
      leaving.abort();
      await connection.close();
      await server.stop();
      await removeHome(home);
    },
  };
}

export type TemporalServer = Awaited<ReturnType<typeof startTemporalServer>>;

/** TASK_QUEUE_KIND_NORMAL of Temporal's API. */
const NORMAL_QUEUE = 1;

async function poll(client: Client, queue: string, signal: AbortSignal): Promise<void> {
  const request = {
    namespace: 'aura',
    identity: 'test',
    taskQueue: { name: queue, kind: NORMAL_QUEUE },
  };
  while (!signal.aborted) {
    const asked = client.connection.withAbortSignal(signal, () =>
      client.connection.withDeadline(Date.now() + 60_000, () =>
        client.workflowService.pollActivityTaskQueue(request),
      ),
    );
    await asked.catch(() => sleep(100));
  }
}
