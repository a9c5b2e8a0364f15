import {
  Client,
  Connection,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import {
  MAKE_VIDEO,
  QUEUES,
  SEARCH_ATTRIBUTES,
  workflowIdOf,
  type MakeVideoInput,
} from '@aura/proto';
import type { PendingUnit } from '../stream/pending-units.js';
import { staticSummary } from './static-summary.js';
import { unitsIn } from './units-in.js';

/** What the gateway asks of Temporal. Every call has a short deadline and rejects when nothing answers. */
export interface Engine {
  /** Starts a job's workflow. Idempotent: a workflow that runs, or has run, counts as started. */
  start(input: MakeVideoInput): Promise<void>;
  /** Asks for a cancel. False where there is no such workflow, or it has ended. Idempotent. */
  cancel(jobId: string): Promise<boolean>;
  /** The units of a job that are in work or wait for a worker; none where there is no such workflow. */
  pendingUnits(jobId: string): Promise<PendingUnit[]>;
  /** Resolves when the server answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

interface EngineOptions {
  /** host:port */
  address: string;
  namespace: string;
}

const DELIVERY_MS = 4_000;
const LOOK_MS = 1_000;
const TENANT = defineSearchAttributeKey(SEARCH_ATTRIBUTES.tenant, SearchAttributeType.KEYWORD);

/**
 * The connection is made when it is first used, so a gateway starts and serves while Temporal is down.
 * After an outage it is tried again at least every second: gRPC's own pause grows to two minutes.
 */
export function createEngine({ address, namespace }: EngineOptions): Engine {
  const connection = Connection.lazy({
    address,
    channelArgs: {
      'grpc.initial_reconnect_backoff_ms': 250,
      'grpc.max_reconnect_backoff_ms': 1_000,
    },
    interceptors: [],
  });
  const client = new Client({ connection, namespace });
  const within = <T>(ms: number, call: () => Promise<T>): Promise<T> =>
    connection.withDeadline(Date.now() + ms, call);

  return {
    start: (input) => within(DELIVERY_MS, () => start(client, input)),
    cancel: (jobId) => within(DELIVERY_MS, () => cancel(client, jobId)),
    pendingUnits: (jobId) => within(LOOK_MS, () => pendingUnits(client, jobId)),
    ping: async () => {
      await within(LOOK_MS, () => connection.workflowService.describeNamespace({ namespace }));
    },
    close: () => connection.close(),
  };
}

async function start(client: Client, input: MakeVideoInput): Promise<void> {
  const { videoId, tenantId, correlationId, run } = input.job;
  try {
    await client.workflow.start(MAKE_VIDEO, {
      workflowId: workflowIdOf(videoId),
      taskQueue: QUEUES.workflows,
      args: [input],
      memo: { videoId, run, tenantId, correlationId },
      staticSummary: staticSummary(input),
      typedSearchAttributes: [{ key: TENANT, value: tenantId }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      priority: { fairnessKey: tenantId },
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function cancel(client: Client, jobId: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowIdOf(jobId)).cancel();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function pendingUnits(client: Client, jobId: string): Promise<PendingUnit[]> {
  try {
    const { raw } = await client.workflow.getHandle(workflowIdOf(jobId)).describe();
    return unitsIn(raw.pendingActivities ?? []);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}
