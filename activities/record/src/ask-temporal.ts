import type { Client } from '@temporalio/client';

/**
 * Asks Temporal and waits for `withinMs`: the client itself would try a server that is away, or frozen, for
 * much longer. `signal` breaks off a call, not the pause of up to 5 s before the client's next try; when this
 * settles nothing of it is left, so that the connection may be closed.
 */
export function askTemporal<T>(
  client: Client,
  { withinMs, signal }: { withinMs: number; signal: AbortSignal | undefined },
  ask: () => Promise<T>,
): Promise<T> {
  return client.withDeadline(Date.now() + withinMs, () =>
    // The client never takes its listener off again: it gets a signal of this call's own.
    signal ? client.withAbortSignal(AbortSignal.any([signal]), ask) : ask(),
  );
}
