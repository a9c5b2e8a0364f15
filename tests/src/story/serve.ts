import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { QUEUES, type WorkerStage } from '@aura/proto';
import type { Scenarios } from './scenario.js';
import { standIns } from './stand-ins.js';

/** Workers for these stages, with the real workflow and the stand-ins. `stop()` ends them all. */
export async function serve(
  address: string,
  names: readonly WorkerStage[],
  scenarios: Scenarios,
  slots?: number,
): Promise<{ stop(): Promise<void> }> {
  quiet();
  const connection = await NativeConnection.connect({ address });
  const workers = await Promise.all(
    names.map((name) => {
      const common = { connection, namespace: 'aura', taskQueue: QUEUES[name] };
      return name === 'workflows'
        ? Worker.create({ ...common, workflowBundle: { codePath: WORKFLOW_BUNDLE } })
        : Worker.create({
            ...common,
            activities: standIns(scenarios),
            maxHeartbeatThrottleInterval: 200,
            ...(slots === undefined ? {} : { maxConcurrentActivityTaskExecutions: slots }),
          });
    }),
  );
  const running = workers.map((worker) => worker.run());
  return {
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await connection.close();
    },
  };
}

/** Once per process: a second worker finds it installed. */
function quiet(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  } catch (error) {
    if (!(error instanceof Error && error.name === 'IllegalStateError')) throw error;
  }
}

/** Built with the worker; what runs in production. */
export const WORKFLOW_BUNDLE = fileURLToPath(
  new URL('../../../services/worker/dist/workflow-bundle.js', import.meta.url),
);
