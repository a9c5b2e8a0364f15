import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { videoOf } from '@aura/proto';
import type { Log } from '@aura/telemetry';

/** Here each of Temporal's workers serves one queue: of workflows, or of activities. The SDK warns of both. */
const AS_IT_SHOULD_BE = new Set([
  'No workflows registered, not polling for workflow tasks',
  'No activities registered, not polling for activity tasks',
]);

/**
 * Installs Temporal's runtime, once per process: its warnings and errors, and what workflows say, go to our log, its signal
 * handlers nowhere.
 */
export function quietRuntime(log: Log): void {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      if (AS_IT_SHOULD_BE.has(message)) return;
      const said = meta?.['told'];
      if (isFields(said)) return log[level === 'INFO' ? 'info' : 'warn'](said, message);
      if (level === 'INFO') return undefined;
      const workflowId = String(meta?.['workflowId'] ?? '');
      const write = level === 'ERROR' ? log.error : log.warn;
      return write.call(log, { temporal: meta, videoId: videoOf(workflowId) }, message);
    }),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'WARN' }) },
    },
  });
}

/** What a workflow says of its film: the fields of a line as workers write them. */
function isFields(said: unknown): said is Record<string, unknown> {
  return typeof said === 'object' && said !== null;
}
