import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Client, Connection, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { removeHome, startTemporal } from '@aura/local';
import { MAKE_VIDEO, QUEUES, WORKER_STAGES, workflowIdOf, type WorkerStage } from '@aura/proto';
import { freePorts } from '../harness/index.js';
import { newScenario, orderOf, type Scenario, type Scenarios } from './scenario.js';
import { serve } from './serve.js';

/** The real workflow on a real Temporal server, with stand-ins for its stages. */
export interface Stories {
  start(given?: Partial<Scenario>): Promise<{ handle: WorkflowHandle; scenario: Scenario }>;
  /** Runs a film to its end, good or bad, and gives what was asked of its stages. */
  produce(given?: Partial<Scenario>): Promise<Scenario>;
  /** Serves a further queue; all but `compose-gpu` are served already. */
  serve(stage: WorkerStage, slots?: number): Promise<{ stop(): Promise<void> }>;
  stop(): Promise<void>;
}

export async function startStories(): Promise<Stories> {
  const scenarios: Scenarios = new Map();
  const home = await mkdtemp(path.join(os.tmpdir(), 'aura-stories-'));
  const [port, uiPort] = await freePorts(2);
  const temporal = await startTemporal({ home, port: port!, uiPort: uiPort! });
  await temporal.ready;
  const { address } = temporal;
  const stages = WORKER_STAGES.filter((stage) => stage !== 'compose-gpu');
  const workers = await serve(address, stages, scenarios);
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace: 'aura' });

  const start = async (given: Partial<Scenario> = {}) => {
    const videoId = `film-${scenarios.size + 1}`;
    const scenario = newScenario(given);
    scenarios.set(videoId, scenario);
    const handle = await client.workflow.start(MAKE_VIDEO, {
      workflowId: workflowIdOf(videoId),
      taskQueue: QUEUES.workflows,
      args: [orderOf(videoId, scenario)],
    });
    return { handle, scenario };
  };
  return {
    start,
    produce: async (given) => {
      const { handle, scenario } = await start(given);
      await handle.result().catch((error: unknown) => {
        if (!(error instanceof WorkflowFailedError)) throw error;
      });
      return scenario;
    },
    serve: (stage, slots) => serve(address, [stage], scenarios, slots),
    stop: async () => {
      await workers.stop();
      await connection.close();
      await temporal.stop();
      await removeHome(home);
    },
  };
}
