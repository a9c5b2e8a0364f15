import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Client, Connection } from '@temporalio/client';
import { workflowIdOf } from '@aura/proto';
import type { Settings } from '@aura/config';

/** A job's history as JSON: from the artifacts through the gateway once it has ended, else from Temporal. */
export async function findHistory(videoId: string, settings: Settings): Promise<string> {
  const archived = await archivedHistory(videoId, settings).catch(() => undefined);
  if (archived) return archived;
  const connection = await Connection.connect({
    address: settings.TEMPORAL_ADDRESS ?? `127.0.0.1:${settings.AURA_TEMPORAL_PORT}`,
    connectTimeout: 3_000,
  });
  try {
    const client = new Client({ connection, namespace: settings.TEMPORAL_NAMESPACE });
    return historyToJSON(await client.workflow.getHandle(workflowIdOf(videoId)).fetchHistory());
  } finally {
    await connection.close();
  }
}

async function archivedHistory(videoId: string, settings: Settings): Promise<string | undefined> {
  const url = `http://127.0.0.1:${settings.AURA_PORT}/api/videos/${videoId}/artifacts/history`;
  const headers = settings.AURA_API_KEY ? { authorization: `Bearer ${settings.AURA_API_KEY}` } : {};
  const response = await fetch(url, { headers: headers as Record<string, string> });
  return response.ok ? response.text() : undefined;
}
