import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '@aura/proto';

const RETENTION_DAYS = 30;
const KEYWORD = 2; // temporal.api.enums.v1.IndexedValueType
const CALL_WITHIN_MS = 5_000;
const ASK_AGAIN_MS = 500;

/** Whose the server is decides whether the retention of a namespace that is already there is ours to set. */
export interface NamespaceOptions {
  address: string;
  namespace: string;
  owned: boolean;
}

/**
 * Like `ensureNamespace`, for a server that should be there already: asked again for a while, because a
 * new namespace is not known everywhere at once. Throws its last objection.
 */
export async function untilNamespace(options: NamespaceOptions, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await ensureNamespace(options);
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(ASK_AGAIN_MS);
  }
}

/**
 * Sees to it that the namespace is there, keeps histories for 30 days and knows our search attributes.
 * May be called again and again. Throws while the server does not answer.
 */
export async function ensureNamespace(options: NamespaceOptions): Promise<void> {
  const connection = await Connection.connect({ address: options.address, connectTimeout: 2_000 });
  try {
    await connection.withDeadline(Date.now() + CALL_WITHIN_MS, async () => {
      await ensureRetention(connection, options);
      await ensureSearchAttributes(connection, options.namespace);
    });
  } finally {
    await connection.close();
  }
}

async function ensureRetention(
  { workflowService }: Connection,
  { namespace, owned }: NamespaceOptions,
): Promise<void> {
  const retention = { seconds: RETENTION_DAYS * 86_400, nanos: 0 };
  const found = await workflowService
    .describeNamespace({ namespace })
    .catch(ignore(GRPC_NOT_FOUND));
  if (!found) {
    await workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: retention as never,
    });
  } else if (owned) {
    await workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: retention as never },
    });
  }
}

async function ensureSearchAttributes(
  { operatorService }: Connection,
  namespace: string,
): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(SEARCH_ATTRIBUTES).filter((name) => !(name in customAttributes));
  if (missing.length === 0) return;
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
  });
}

const GRPC_NOT_FOUND = 5;

function ignore(code: number): (error: { code?: number }) => undefined {
  return (error) => {
    if (error.code !== code) throw error;
  };
}
