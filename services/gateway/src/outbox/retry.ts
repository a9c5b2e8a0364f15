/** How soon after an outage of Temporal an accepted job is begun: well within 10 s. */
const OUTAGE_RETRY_MS = 1_500;

/** gRPC's words for "nobody answers", which pass by themselves. */
const OUTAGE_CODES = new Set([1, 4, 8, 14]);

/** When to try again: soon where Temporal is merely not there, later and later where it refuses. */
export function retryDelayMs(error: unknown, backOffMs: number): number {
  return isOutage(error) ? OUTAGE_RETRY_MS : backOffMs;
}

/** Whether an error, or one that caused it, says that Temporal did not answer. */
export function isOutage(error: unknown): boolean {
  for (let next = error, depth = 0; typeof next === 'object' && next && depth < 6; depth += 1) {
    if ('code' in next && OUTAGE_CODES.has(Number(next.code))) return true;
    next = 'cause' in next ? next.cause : undefined;
  }
  return false;
}

/** An error in one line for whoever looks into the outbox. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.name}: ${error.message}${cause}`;
}
