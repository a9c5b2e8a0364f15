import type { LoggerService } from '@nestjs/common';
import type { Log } from '@aura/telemetry';

/** Nest's own words, in our log. Its start-up chatter is for debugging only. */
export function nestLog(log: Log): LoggerService {
  const at =
    (level: 'debug' | 'warn' | 'error') =>
    (message: unknown, ...context: unknown[]): void =>
      log[level]({ nest: String(message), context: context.map(String) }, 'nest');
  return {
    log: at('debug'),
    debug: at('debug'),
    verbose: at('debug'),
    warn: at('warn'),
    error: at('error'),
  };
}
