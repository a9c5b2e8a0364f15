import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Client, Connection, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { workflowIdOf } from '@aura/proto';
import type { Settings } from '@aura/config';

type Where = Pick<
  Settings,
  'AURA_PORT' | 'AURA_API_KEY' | 'TEMPORAL_ADDRESS' | 'AURA_TEMPORAL_PORT' | 'TEMPORAL_NAMESPACE'
>;

/** As gRPC numbers it; histories are fetched without the client's own error for workflows that are not there. */
const GRPC_NOT_FOUND = 5;

/**
 * A job's history as JSON: from the artifacts through the gateway once it has ended, else from Temporal.
 * Errors: one that says who was asked, where, and what to do about it.
 */
export async function findHistory(videoId: string, settings: Where): Promise<string> {
  const gateway = `http://127.0.0.1:${settings.AURA_PORT}`;
  const temporal = settings.TEMPORAL_ADDRESS ?? `127.0.0.1:${settings.AURA_TEMPORAL_PORT}`;
  const asked = `neither the gateway (${gateway}) nor Temporal (${temporal})`;
  const archived = await archivedHistory(gateway, videoId, settings).catch(() => undefined);
  if (archived) return archived;
  const connection = await Connection.connect({ address: temporal, connectTimeout: 3_000 }).catch(
    (cause: unknown) => {
      throw new Error(`${asked} gives it; Aura must run for that (npm start)`, { cause });
    },
  );
  try {
    const client = new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE });
    const handle = client.workflow.getHandle(await newestRun(client, videoId));
    return historyToJSON(await handle.fetchHistory());
  } catch (error) {
    if (!isGrpcServiceError(error) || (error.code as number) !== GRPC_NOT_FOUND) throw error;
    throw new Error(`${asked} knows a job with this id`, { cause: error });
  } finally {
    await connection.close();
  }
}

/** Runs are numbered without gaps, each a workflow of its own. */
async function newestRun(client: Client, videoId: string): Promise<string> {
  let run = 1;
  while (await isKnown(client, workflowIdOf(videoId, run + 1))) run += 1;
  return workflowIdOf(videoId, run);
}

async function isKnown(client: Client, workflowId: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(workflowId).describe();
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function archivedHistory(
  gateway: string,
  videoId: string,
  { AURA_API_KEY: key }: Pick<Settings, 'AURA_API_KEY'>,
): Promise<string | undefined> {
  const headers = new Headers(key ? { authorization: `Bearer ${key}` } : {});
  const url = `${gateway}/api/videos/${videoId}/artifacts/history`;
  const response = await fetch(url, { headers });
  return response.ok ? response.text() : undefined;
}
