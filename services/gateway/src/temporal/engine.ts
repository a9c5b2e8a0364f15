import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client,
  Connection,
  isGrpcServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import {
  ApplicationFailure,
  defineSearchAttributeKey,
  SearchAttributeType,
} from '@temporalio/common';
import {
  DECIDE_UPDATE,
  MAKE_VIDEO,
  NOT_ASKED,
  PAUSE_SIGNAL,
  QUEUES,
  SEARCH_ATTRIBUTES,
  workflowIdOf,
  type Decision,
  type MakeVideoInput,
  type PauseWish,
} from '@aura/proto';
import type { PendingUnit } from '../stream/pending-units.js';
import { staticSummary } from './static-summary.js';
import { unitsIn } from './units-in.js';

/** What the gateway asks of Temporal. Every call has a short deadline and rejects when nothing answers. */
export interface Engine {
  /**
   * Starts the workflow of a job's run, once that of the run before has closed, which it does after it has cleared up.
   * Idempotent: a workflow that runs, or has run, counts as started.
   */
  start(input: MakeVideoInput): Promise<void>;
  /** Asks for a cancel. False where there is no such workflow, or it has ended. Idempotent. */
  cancel(jobId: string, run: number): Promise<boolean>;
  /** Has a run hold back new work, or go on. False where there is no such workflow, or it has ended. Idempotent. */
  pause(jobId: string, run: number, wish: PauseWish): Promise<boolean>;
  /** Tells a run what its user has decided, and waits until it is on record. False where that is not asked (any more). */
  decide(jobId: string, run: number, decision: Decision): Promise<boolean>;
  /** The units of a job that are in work or wait for a worker; none where there is no such workflow. */
  pendingUnits(jobId: string, run: number): Promise<PendingUnit[]>;
  /**
   * Has the workflow of a run deleted with its history; false where there is none. Temporal keeps the order, and carries
   * it out within about a minute. Errors: one that is still in work.
   */
  remove(jobId: string, run: number): Promise<boolean>;
  /** The event history of a run so far, as Temporal's JSON; undefined where there is no such workflow. */
  history(jobId: string, run: number): Promise<string | undefined>;
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
const DECIDING_MS = 10_000;
const LOOK_MS = 1_000;
const HISTORY_MS = 10_000;
const CLOSING_MS = 2_000;
const CLOSING_LOOKS = 20;
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
    cancel: (jobId, run) => within(DELIVERY_MS, () => cancel(client, workflowIdOf(jobId, run))),
    pause: (jobId, run, wish) =>
      within(DELIVERY_MS, () => pause(client, workflowIdOf(jobId, run), wish)),
    decide: (jobId, run, decision) =>
      within(DECIDING_MS, () => decide(client, workflowIdOf(jobId, run), decision)),
    pendingUnits: (jobId, run) =>
      within(LOOK_MS, () => pendingUnits(client, workflowIdOf(jobId, run))),
    remove: (jobId, run) => within(DELIVERY_MS, () => remove(client, workflowIdOf(jobId, run))),
    history: (jobId, run) => within(HISTORY_MS, () => history(client, workflowIdOf(jobId, run))),
    ping: async () => {
      await within(LOOK_MS, () => connection.workflowService.describeNamespace({ namespace }));
    },
    close: () => connection.close(),
  };
}

async function start(client: Client, input: MakeVideoInput): Promise<void> {
  const { videoId, tenantId, correlationId, run } = input.job;
  if (run > 1) await untilClosed(client, workflowIdOf(videoId, run - 1));
  try {
    await client.workflow.start(MAKE_VIDEO, {
      workflowId: workflowIdOf(videoId, run),
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

async function history(client: Client, workflowId: string): Promise<string | undefined> {
  try {
    return historyToJSON(await client.workflow.getHandle(workflowId).fetchHistory());
  } catch (error) {
    if (isGrpcServiceError(error) && (error.code as number) === NOT_FOUND) return undefined;
    throw error;
  }
}

async function remove(client: Client, workflowId: string): Promise<boolean> {
  await untilClosed(client, workflowId);
  const { namespace } = client.options;
  try {
    await client.workflowService.deleteWorkflowExecution({
      namespace,
      workflowExecution: { workflowId },
    });
    return true;
  } catch (error) {
    if (isGrpcServiceError(error) && (error.code as number) === NOT_FOUND) return false;
    throw error;
  }
}

/** As gRPC numbers it. */
const NOT_FOUND = 5;

/** It waits a little: the job's end is on record a moment before its workflow closes. */
async function untilClosed(client: Client, workflowId: string): Promise<void> {
  for (let looks = 1; await isRunning(client, workflowId); looks += 1) {
    if (looks === CLOSING_LOOKS) throw new Error('the workflow of the run has not closed yet');
    await sleep(CLOSING_MS / CLOSING_LOOKS);
  }
}

async function isRunning(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function cancel(client: Client, workflowId: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).cancel();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function pause(client: Client, workflowId: string, wish: PauseWish): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).signal(PAUSE_SIGNAL, wish);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** The same decision told again is told once. */
async function decide(client: Client, workflowId: string, decision: Decision): Promise<boolean> {
  const { askedAt, approved } = decision;
  const digest = createHash('sha256').update(JSON.stringify(decision)).digest('hex');
  try {
    const handle = client.workflow.getHandle(workflowId);
    await handle.executeUpdate<void, [Decision]>(DECIDE_UPDATE, {
      args: [decision],
      updateId: `${approved ? 'approve' : 'reject'} ${askedAt} ${digest.slice(0, 16)}`,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || isNotAsked(error)) return false;
    throw error;
  }
}

function isNotAsked(error: unknown): boolean {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure && cause.type === NOT_ASKED;
}

async function pendingUnits(client: Client, workflowId: string): Promise<PendingUnit[]> {
  try {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return unitsIn(raw.pendingActivities ?? []);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}
