import type { CodeKey } from './codes.js';

/**
 * What passes by itself, or is a matter of luck, and has outlasted the attempts of one run: minutes later the same job may
 * well succeed. What is the fault of a request, of a setting or of a content, or needs somebody's hand, is not here; nor is
 * what has cost money and would come out the same.
 */
const PASSING: ReadonlySet<CodeKey> = new Set([
  'TransientNetworkFailure',
  'RATE_LIMIT_EXCEEDED',
  'API_ERROR',
  'NETWORK_TIMEOUT',
  'CIRCUIT_OPEN',
  'StepTimeout:',
  'VoiceFailed',
  'FFmpegFailedExitCode:',
  'InsufficientMemory',
  'NoWorker:',
  'UnitBusy',
  'ArtifactStoreUnavailable',
  'DatabaseUnavailable',
  'TemporalUnavailable',
  'ShuttingDown',
]);

/** Whether another run of a job that ended so is worth while by itself. Pure. */
export function mayPass(code: string): boolean {
  const key = code.includes(':') ? code.slice(0, code.indexOf(':') + 1) : code;
  return PASSING.has(key as CodeKey);
}
