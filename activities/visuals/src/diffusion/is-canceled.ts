/**
 * Whether somebody wants the picture no more. Being stopped has other reasons too: a worker that shuts down, or a
 * claim that was lost; then another goes on, and finds the work where this one left it.
 */
export function isCanceled(signal: AbortSignal | undefined): boolean {
  if (!signal?.aborted) return false;
  const { name, message } = (signal.reason ?? {}) as { name?: string; message?: string };
  return name !== 'ClaimLost' && message !== 'WORKER_SHUTDOWN';
}
