import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Log } from '@aura/telemetry';

/** Here each of Temporal's workers serves one queue: of workflows, or of activities. The SDK warns of both. */
const AS_IT_SHOULD_BE = new Set([
  'No workflows registered, not polling for workflow tasks',
  'No activities registered, not polling for activity tasks',
]);

/** Installs Temporal's runtime, once per process: its warnings and errors go to our log, its signal handlers nowhere. */
export function quietRuntime(log: Log): void {
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (AS_IT_SHOULD_BE.has(message)) return;
      const write = level === 'ERROR' ? log.error : log.warn;
      write.call(log, { temporal: meta }, message);
    }),
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN', other: 'WARN' }) },
    },
  });
}
